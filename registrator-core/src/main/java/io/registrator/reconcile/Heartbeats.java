package io.registrator.reconcile;

import io.registrator.model.Condition;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells the registry of services whose checks wait for it how they are: at once when such a service has been registered,
 * or what is known of it changes, then as often as its checks want it, until its container stops. One beat a service is under way at a time.
 */
final class Heartbeats {
    private static final int BEATS_AT_ONCE = 4;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final ServiceRegistry registry;
    private final LoopContext context;
    private final Runnable lost;
    private final Backoff backoff;

    private final Map<ServiceId, Beat> beats = new HashMap<>();
    private final Set<ServiceId> underWay = new HashSet<>();

    /** The beats that are not under way, the next one first. */
    private final NavigableSet<Beat> waiting = new TreeSet<>();

    /** @param lost runs on the loop's thread when the registry does not have a service that it should have */
    Heartbeats(ServiceRegistry registry, LoopContext context, Runnable lost) {
        this.registry = registry;
        this.context = context;
        this.lost = lost;
        this.backoff = context.backoff(FIRST_WAIT, LONGEST_WAIT);
    }

    /** @param failures in a row */
    private record Beat(ServiceDefinition definition, Condition condition, Duration interval, Instant due, int failures)
            implements Comparable<Beat> {
        private static final Comparator<Beat> ORDER = Comparator.comparing(Beat::due)
                .thenComparing(beat -> beat.definition().id());

        Beat next(Instant at, int failuresNow) {
            return new Beat(definition, condition, interval, at, failuresNow);
        }

        @Override
        public int compareTo(Beat other) {
            return ORDER.compare(this, other);
        }
    }

    /** The registry has the service as it is defined here: from now on it is told how the service is. */
    void keep(ServiceDefinition definition, Condition condition) {
        Beat before = beats.get(definition.id());
        if (before != null
                && before.definition().equals(definition)
                && before.condition().equals(condition)) {
            return;
        }
        int failures = before == null ? 0 : before.failures();
        drop(definition.id());
        definition
                .heartbeat()
                .ifPresent(interval -> put(new Beat(definition, condition, interval, context.now(), failures)));
    }

    /** The registry does not have the service, or it is not ours, or its container does not run: it is told nothing. */
    void drop(ServiceId id) {
        Beat beat = beats.remove(id);
        if (beat != null) {
            waiting.remove(beat);
        }
    }

    void advance(Instant now) {
        while (!waiting.isEmpty() && underWay.size() < BEATS_AT_ONCE && isDue(waiting.first(), now)) {
            Beat beat = waiting.removeFirst();
            underWay.add(beat.definition().id());
            context.ask(
                    () -> registry.heartbeat(beat.definition(), beat.condition()), outcome -> answered(beat, outcome));
        }
    }

    private static boolean isDue(Beat beat, Instant now) {
        return !now.isBefore(beat.due());
    }

    private void answered(Beat beat, Outcome<Done> outcome) {
        ServiceId id = beat.definition().id();
        underWay.remove(id);
        Beat current = beats.get(id);
        if (current == null) {
            return;
        }
        put(beat.equals(current) ? after(beat, outcome) : current);
    }

    private Beat after(Beat beat, Outcome<Done> outcome) {
        Instant now = context.now();
        return switch (outcome) {
            case Outcome.Success<Done>(Done done)
            when done == Done.APPLIED -> {
                if (beat.failures() > 0) {
                    context.observer().heartbeatRecovered(beat.definition());
                }
                yield beat.next(now.plus(beat.interval()), 0);
            }
            case Outcome.Success<Done> skipped -> {
                lost.run();
                yield beat.next(now.plus(shorter(FIRST_WAIT, beat.interval())), beat.failures());
            }
            case Outcome.Failed<Done>(Failure why) -> {
                int failures = beat.failures() + 1;
                context.observer().heartbeatFailed(beat.definition(), why, failures);
                yield beat.next(now.plus(shorter(backoff.after(failures), beat.interval())), failures);
            }
        };
    }

    private void put(Beat beat) {
        beats.put(beat.definition().id(), beat);
        if (!underWay.contains(beat.definition().id())) {
            waiting.add(beat);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    Optional<Instant> nextDue() {
        return waiting.isEmpty() || underWay.size() >= BEATS_AT_ONCE
                ? Optional.empty()
                : Optional.of(waiting.first().due());
    }
}
