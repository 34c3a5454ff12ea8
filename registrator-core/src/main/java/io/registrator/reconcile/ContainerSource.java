package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An engine that runs containers. Every method may be called from any thread, several at once, and blocks for a bounded
 * time: a peer that does not answer is a {@link Failure.Transient}. No method throws for what a peer does.
 */
public interface ContainerSource extends AutoCloseable {

    /**
     * Opens the event stream; events that happen after the return are reported. The first subscription replays the signals of
     * the last hour, since no inspect shows that a container is being stopped; each later one replays what happened since the
     * last event of the one before. Both as far as the engine can.
     */
    Outcome<EventStream> subscribe(EventListener listener);

    /** What time it is for the engine: asked to learn whether it answers. */
    Outcome<Instant> time();

    /**
     * Why an engine that does not answer will never answer this process again, with what to do; empty while it may. Asks nobody,
     * and returns at once.
     */
    default Optional<String> lostForGood() {
        return Optional.empty();
    }

    /** All containers, running or not. */
    Outcome<ImmutableList<ContainerListing>> list();

    /** One container; empty when the engine knows none of this ID. */
    Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id);

    @Override
    void close();

    /**
     * One row of the listing.
     *
     * @param fingerprint changes whenever an inspect of the container could show something new
     */
    record ContainerListing(ContainerId id, String name, String fingerprint) {}

    /**
     * A signal that a container was sent.
     *
     * @param at by the engine's clock; no two signals of a container have the same
     * @param ago how long it was past when the stream that tells of it was opened; zero for one that came later
     */
    record Signal(ContainerId container, int number, Instant at, Duration ago) {
        /** Whether the run in which the container is shown here is about to end by it. */
        boolean ends(ContainerSnapshot shown) {
            return shown.state().isRunning() && shown.stop().isEndedBy(number) && !at.isBefore(shown.startedAt());
        }
    }

    /** An open event stream. */
    interface EventStream extends AutoCloseable {
        /** Ends it; its listener hears nothing more once this has returned. */
        @Override
        void close();
    }

    /**
     * What an engine said of the end of a container's run.
     *
     * @param at by the engine's clock
     */
    record Death(ContainerId container, int exitCode, Instant at) {
        /** Whether it is the end of the run in which the container is shown here. */
        boolean ends(ContainerSnapshot shown) {
            return shown.state().isRunning() && !at.isBefore(shown.startedAt());
        }
    }

    /**
     * What an engine said of the begin of a container's run.
     *
     * @param at by the engine's clock
     */
    record Start(ContainerId container, Instant at) {}

    /**
     * A network was connected to a container.
     *
     * @param at by the engine's clock
     */
    record Connection(ContainerId container, Instant at) {
        /** Whether the container is shown here in a run that has begun since. */
        boolean isBefore(ContainerSnapshot shown) {
            return shown.state().isRunning() && shown.startedAt().isAfter(at);
        }
    }

    /** Hears of events, on a thread of the source's; must not block. */
    interface EventListener {
        /** An inspect may show something new. */
        void changed(ContainerId id);

        /** A container was sent a signal, which no inspect shows. */
        void signalled(Signal signal);

        /** A container's run has begun, which an inspect shows. */
        default void started(Start start) {
            changed(start.container());
        }

        /** A container's run has ended, which an inspect would show, too. */
        default void died(Death death) {
            changed(death.container());
        }

        /** A network was taken away from a container, which engines also do after an end. */
        default void networkChanged(ContainerId id) {
            changed(id);
        }

        /** A network was connected to a container, which engines also do before a start. */
        default void connected(Connection connection) {
            networkChanged(connection.container());
        }

        /** The stream has ended, once, and not by {@link EventStream#close}. */
        void ended(Failure why);
    }
}
