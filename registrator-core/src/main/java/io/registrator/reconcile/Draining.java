package io.registrator.reconcile;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.StopPolicy;
import io.registrator.reconcile.EngineEvent.Signalled;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a container that was asked to end. No inspect shows that: so it holds for a limited time, and for this run.
 *
 * @param over it has outlived its time, and only a later signal counts
 */
record Draining(ContainerSnapshot container, Signalled signal, Duration grace, Instant until, boolean over) {
    /** For what lies between the end of the grace period and the event of the container's end. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Begins with the signal, which may have been some time ago: then it may be over already. */
    static Draining begin(ContainerSnapshot container, Signalled signal, Duration grace, Instant now) {
        Duration given = StopPolicy.isKill(signal.number()) ? Duration.ZERO : grace;
        Instant until = now.minus(signal.ago()).plus(given).plus(MARGIN);
        return new Draining(container, signal, given, until, !now.isBefore(until));
    }

    Draining outlived() {
        return new Draining(container, signal, grace, until, true);
    }

    boolean isKill() {
        return StopPolicy.isKill(signal.number());
    }

    /** Whether the container is shown here in the same run; null: it is gone. */
    boolean isOfRun(@Nullable ContainerSnapshot shown) {
        return shown != null && shown.state().isRunning() && shown.startedAt().equals(container.startedAt());
    }
}
