package io.registrator.it.soak;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What was done in one seed's run, and how long each kind of fault took to heal at worst. */
final class Tally {
    private final Map<String, Integer> operations = new TreeMap<>();
    private final Map<FaultKind, Healing> faults = new EnumMap<>(FaultKind.class);

    /** @param worst from the fault's end until Consul equalled the engine */
    record Healing(int times, Duration worst) {
        Healing and(Healing other) {
            return new Healing(times + other.times, worst.compareTo(other.worst) > 0 ? worst : other.worst);
        }
    }

    void done(String operation) {
        operations.merge(operation, 1, Integer::sum);
    }

    void healed(FaultKind kind, Duration took) {
        faults.merge(kind, new Healing(1, took), Healing::and);
    }

    Map<String, Integer> operations() {
        return operations;
    }

    Map<FaultKind, Healing> faults() {
        return faults;
    }

    int count() {
        return operations.values().stream().mapToInt(Integer::intValue).sum();
    }
}
