package io.registrator.reconcile;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.EventStream;
import io.registrator.reconcile.PeerHealth.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one event stream open: opens it again, after a growing wait, whenever it ends. */
final class EventSubscription {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    /** To ask a local socket costs nothing, and what happens until it answers is not seen. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** A stream that has lasted so long is no part of a row of failures. */
    private static final Duration PROVEN = Duration.ofSeconds(5);

    private final ContainerSource source;
    private final LoopContext context;
    private final PeerHealth health;
    private final Runnable opened;
    private final Backoff backoff;

    private @Nullable Attempt current;
    private Instant due;
    private int failures;
    /** Streams in a row that ended before they were proven. */
    private int shortLived;

    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param opened runs on the loop's thread each time the stream has been opened
     */
    EventSubscription(ContainerSource source, LoopContext context, PeerHealth health, Runnable opened) {
        this.source = source;
        this.context = context;
        this.health = health;
        this.opened = opened;
        this.backoff = context.backoff(FIRST_WAIT, LONGEST_WAIT);
        this.due = context.now();
    }

    void advance(Instant now) {
        if (current != null && current.isProven(now)) {
            shortLived = 0;
            health.answered(Question.EVENTS);
        }
        if (current == null && !closed && !now.isBefore(due)) {
            Attempt attempt = new Attempt();
            current = attempt;
            context.ask(() -> source.subscribe(attempt), attempt::answered);
        }
    }

    /** When there is something to do without being told. */
    Optional<Instant> nextDue() {
        if (closed) {
            return Optional.empty();
        }
        return current == null ? Optional.of(due) : current.proven().filter(at -> shortLived > 1);
    }

    boolean isOpen() {
        return current != null && current.stream != null;
    }

    /** Closes a stream that tells nothing, and opens another. */
    void reopenSilent() {
        if (current != null && current.stream != null) {
            current.stream.close();
            current = null;
            due = context.now();
            health.failed(Question.EVENTS, new PeerFault.StreamSilent(), due);
        }
    }

    void close() {
        closed = true;
        if (current != null && current.stream != null) {
            current.stream.close();
        }
    }

    /** One stream, from the request for it to its end. */
    private final class Attempt implements EventListener {
        private final Instant asked = context.now();
        private @Nullable EventStream stream;
        private @Nullable Instant openedAt;

        /** When it has lasted long enough to be relied on; empty before it is open. */
        Optional<Instant> proven() {
            return Optional.ofNullable(openedAt).map(opened -> opened.plus(PROVEN));
        }

        boolean isProven(Instant now) {
            return proven().filter(at -> !now.isBefore(at)).isPresent();
        }

        @Override
        public void told(EngineEvent event) {
            context.queue().add(event);
        }

        @Override
        public void ended(Failure why) {
            context.queue().post(() -> over(new PeerFault.StreamEnded(why), context.now()));
        }

        void answered(Outcome<EventStream> outcome) {
            switch (outcome) {
                case Outcome.Failed<EventStream>(Failure why) -> over(new PeerFault.NoAnswer(why), asked);
                case Outcome.Success<EventStream>(EventStream opening) -> open(opening);
            }
        }

        private void open(EventStream opening) {
            if (closed || current != this) {
                opening.close();
                return;
            }
            stream = opening;
            openedAt = context.now();
            // The first that ends is any restart of the engine's; after the second the next one has to last.
            if (shortLived < 2) {
                health.answered(Question.EVENTS);
            }
            opened.run();
        }

        private void over(PeerFault fault, Instant since) {
            if (current != this || closed) {
                return;
            }
            Instant now = context.now();
            failures = isProven(now) ? 1 : failures + 1;
            if (openedAt != null) {
                shortLived = isProven(now) ? 0 : shortLived + 1;
            }
            due = now.plus(backoff.after(failures));
            current = null;
            health.failed(Question.EVENTS, fault, since);
        }
    }
}
