package io.registrator.it.soak;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Duration;

/**
 * What a soak was asked for.
 *
 * @param length how long each seed's faults go on
 * @param seeds each of them decides everything that is left to chance in a run of its own
 * @param together how many runs go on at the same time
 * @param faults only those whose names contain it
 * @param timed whether the machine is this soak's own, so that the times it takes mean something
 */
record SoakSettings(Duration length, ImmutableList<Long> seeds, int together, String faults, boolean timed) {
    /** On a machine that runs other tests meanwhile. */
    private static final int SLACK = 4;

    /** From the system properties {@code soak.seconds}, {@code soak.seeds}, {@code soak.together}, {@code soak.faults}, {@code soak.timed}. */
    static SoakSettings ofProperties() {
        ImmutableList<Long> seeds = Splitter.on(',')
                .omitEmptyStrings()
                .splitToStream(System.getProperty("soak.seeds", ""))
                .map(Long::valueOf)
                .collect(toImmutableList());
        return new SoakSettings(
                Duration.ofSeconds(Long.getLong("soak.seconds", 300)),
                seeds.isEmpty() ? ImmutableList.of(System.nanoTime() % 1_000_000) : seeds,
                Integer.getInteger("soak.together", Math.max(1, seeds.size())),
                System.getProperty("soak.faults", ""),
                Boolean.getBoolean("soak.timed"));
    }

    /** What may take so long where nothing else runs. */
    Duration allowed(Duration patience) {
        return timed ? patience : patience.multipliedBy(SLACK);
    }

    /** How many rounds of runs there are, one after the other. */
    int rounds() {
        return (seeds.size() + together - 1) / together;
    }

    ImmutableList<FaultKind> kinds() {
        ImmutableList<FaultKind> kinds = FaultKind.all().stream()
                .filter(kind -> kind.title().contains(faults))
                .collect(toImmutableList());
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("no fault is called " + faults + "; there are " + FaultKind.all());
        }
        return kinds;
    }
}
