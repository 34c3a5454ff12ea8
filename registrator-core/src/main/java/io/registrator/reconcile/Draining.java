package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.StopPolicy;
import io.registrator.reconcile.EngineEvent.Signalled;
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
 *
 * <pre>
 *     running ── signal ──▶ draining ── its time is up ──▶ drained in vain ── a later signal ──▶ draining
 *                              └───────── end of the run ─────────┴──▶ forgotten
 * </pre>
 */
final class Draining {
    /** For what lies between the end of the grace period and the news of the container's end. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ReconcileObserver observer;
    private final Map<ContainerId, Drained> drained = new HashMap<>();

    /** @param over it has outlived its time, and only a later signal counts */
    private record Drained(ContainerSnapshot container, Signalled signal, Instant until, boolean over) {
        Drained inVain() {
            return new Drained(container, signal, until, true);
        }
    }

    Draining(ReconcileObserver observer) {
        this.observer = observer;
    }

    /**
     * The container was sent a signal that ends it, and is given so long for it. Streams replay signals: one that is known
     * changes nothing, and one whose time is up already is believed no more.
     */
    void begin(ContainerSnapshot container, Signalled signal, Duration grace, Instant now) {
        Drained before = drained.get(container.id());
        if (before != null && !signal.at().isAfter(before.signal().at())) {
            return;
        }
        boolean kill = StopPolicy.isKill(signal.number());
        Duration given = kill ? Duration.ZERO : grace;
        Instant until = now.minus(signal.ago()).plus(given).plus(MARGIN);
        boolean over = !now.isBefore(until);
        drained.put(container.id(), new Drained(container, signal, until, over));
        if (!over && (before == null || before.over())) {
            tell(container, kill, given);
        }
    }

    private void tell(ContainerSnapshot container, boolean kill, Duration grace) {
        if (kill) {
            observer.killed(container.ref());
        } else {
            observer.draining(container.ref(), grace);
        }
    }

    boolean isDraining(ContainerId id) {
        Drained known = drained.get(id);
        return known != null && !known.over();
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
        over.values().removeIf(each -> each.over() || now.isBefore(each.until()));
        over.values().forEach(each -> observer.drainedInVain(each.container().ref()));
        drained.replaceAll((id, each) -> over.containsKey(id) ? each.inVain() : each);
        return over.keySet();
    }

    Optional<Instant> nextDue() {
        return drained.values().stream()
                .filter(each -> !each.over())
                .map(Drained::until)
                .min(Instant::compareTo);
    }
}
