package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The containers that have been asked to stop and have not done so yet. What no listing shows is known from an event alone;
 * so it holds for a limited time, and for the run of the container that it was seen in.
 */
final class Draining {
    /** For what lies between the end of the grace period and the news of the container's end. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ReconcileObserver observer;
    private final Map<ContainerId, Drained> drained = new HashMap<>();

    private record Drained(ContainerSnapshot container, Instant until) {}

    Draining(ReconcileObserver observer) {
        this.observer = observer;
    }

    /** The container has been asked to stop, and is given so long for it. */
    void begin(ContainerSnapshot container, Duration grace, Instant now) {
        if (drained.put(container.id(), new Drained(container, now.plus(grace).plus(MARGIN))) == null) {
            observer.draining(container.ref(), grace);
        }
    }

    boolean isDraining(ContainerId id) {
        return drained.containsKey(id);
    }

    /** The container looks so now; null: it is gone. */
    void looked(ContainerId id, @Nullable ContainerSnapshot now) {
        drained.computeIfPresent(id, (same, before) -> isSameRun(before.container(), now) ? before : null);
    }

    private static boolean isSameRun(ContainerSnapshot before, @Nullable ContainerSnapshot now) {
        return now != null && now.state().isRunning() && now.startedAt().equals(before.startedAt());
    }

    /** Ends what has lasted too long, and says whose it was: those containers run on. */
    Set<ContainerId> over(Instant now) {
        if (drained.isEmpty()) {
            return Set.of();
        }
        Map<ContainerId, Drained> over = new HashMap<>(drained);
        over.values().removeIf(each -> now.isBefore(each.until()));
        over.values().forEach(each -> observer.drainedInVain(each.container().ref()));
        drained.keySet().removeAll(over.keySet());
        return over.keySet();
    }

    Optional<Instant> nextDue() {
        return drained.values().stream().map(Drained::until).min(Instant::compareTo);
    }
}
