package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import java.time.Duration;
import java.time.Instant;

/** What an engine tells of a container as it happens. {@link ReconcileLoop#take} says what each means. */
public sealed interface EngineEvent {
    ContainerId container();

    /** A start, a removal, a pause, another name, state of health or limit: an inspect may show something new. */
    record Changed(ContainerId container) implements EngineEvent {}

    /** A network was connected or taken away, which engines also do before a start and after an end. */
    record NetworkChanged(ContainerId container) implements EngineEvent {}

    /**
     * A signal was sent, which no inspect shows.
     *
     * @param at by the engine's clock; no two signals of a container have the same
     * @param ago how long it was past when the stream that tells of it was opened; zero for one that came later
     */
    record Signalled(ContainerId container, int number, Instant at, Duration ago) implements EngineEvent {
        /** Whether the run in which the container is shown here is about to end by it. */
        boolean ends(ContainerSnapshot shown) {
            return shown.state().isRunning() && shown.stop().isEndedBy(number) && !at.isBefore(shown.startedAt());
        }
    }

    /**
     * A run has ended, which an inspect would show, too.
     *
     * @param at by the engine's clock
     */
    record Died(ContainerId container, int exitCode, Instant at) implements EngineEvent {
        /** Whether it is the end of the run in which the container is shown here. */
        boolean ends(ContainerSnapshot shown) {
            return shown.state().isRunning() && !at.isBefore(shown.startedAt());
        }
    }
}
