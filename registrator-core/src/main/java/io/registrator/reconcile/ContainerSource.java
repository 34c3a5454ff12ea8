package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
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

    /** An open event stream. */
    interface EventStream extends AutoCloseable {
        /** Ends it; its listener hears nothing more once this has returned. */
        @Override
        void close();
    }

    /** Hears of events, on a thread of the source's; must not block. */
    interface EventListener {
        /** In the order in which the engine told of them. */
        void told(EngineEvent event);

        /** The stream has ended, once, and not by {@link EventStream#close}. */
        void ended(Failure why);
    }
}
