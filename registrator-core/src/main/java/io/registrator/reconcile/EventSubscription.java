package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.Connection;
import io.registrator.reconcile.ContainerSource.Death;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.EventStream;
import io.registrator.reconcile.ContainerSource.Signal;
import io.registrator.reconcile.ContainerSource.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one event stream open: opens it again, after a growing wait, whenever it ends. */
final class EventSubscription {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    /** To ask a local socket costs nothing, and what happens until it answers is not seen. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Duration PROVEN = Duration.ofSeconds(5);

    private final ContainerSource source;
    private final Surroundings around;
    private final Runnable opened;
    private final News news;
    private final Backoff backoff;

    private @Nullable Attempt current;
    private Instant due;
    private int failures;
    private boolean closed;

    /** What events say besides that an inspect may show something new. */
    interface News {
        void signalled(Signal signal);

        void died(Death death);

        void started(Start start);

        void networkChanged(ContainerId id);

        void connected(Connection connection);
    }

    /**
     * Opens nothing yet.
     *
     * @param opened runs on the loop's thread each time the stream has been opened
     * @param news is told on the loop's thread
     */
    EventSubscription(ContainerSource source, Surroundings around, Runnable opened, News news) {
        this.source = source;
        this.around = around;
        this.opened = opened;
        this.news = news;
        this.backoff = around.backoff(FIRST_WAIT, LONGEST_WAIT);
        this.due = around.now();
    }

    void advance(Instant now) {
        if (current == null && !closed && !now.isBefore(due)) {
            Attempt attempt = new Attempt();
            current = attempt;
            around.requests().ask(() -> source.subscribe(attempt), attempt::answered);
        }
    }

    /** When there is something to do without being told. */
    Optional<Instant> nextDue() {
        return current == null && !closed ? Optional.of(due) : Optional.empty();
    }

    boolean isOpen() {
        return current != null && current.stream != null;
    }

    /** Closes a stream that is of no use and opens another. */
    void reopen() {
        if (current != null && current.stream != null) {
            current.stream.close();
            current = null;
            due = around.now();
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
        private @Nullable EventStream stream;
        private @Nullable Instant openedAt;

        @Override
        public void changed(ContainerId id) {
            around.mailbox().mark(id);
        }

        @Override
        public void signalled(Signal signal) {
            around.mailbox().post(() -> news.signalled(signal));
        }

        @Override
        public void died(Death death) {
            around.mailbox().post(() -> news.died(death));
        }

        @Override
        public void networkChanged(ContainerId id) {
            around.mailbox().post(() -> news.networkChanged(id));
        }

        @Override
        public void started(Start start) {
            around.mailbox().post(() -> news.started(start));
        }

        @Override
        public void connected(Connection connection) {
            around.mailbox().post(() -> news.connected(connection));
        }

        @Override
        public void ended(Failure why) {
            around.mailbox().post(() -> over(why));
        }

        void answered(Outcome<EventStream> outcome) {
            switch (outcome) {
                case Outcome.Failed<EventStream>(Failure why) -> over(why);
                case Outcome.Success<EventStream>(EventStream opening) -> open(opening);
            }
        }

        private void open(EventStream opening) {
            if (closed || current != this) {
                opening.close();
                return;
            }
            stream = opening;
            openedAt = around.now();
            around.observer().engineConnected();
            opened.run();
        }

        private void over(Failure why) {
            if (current != this || closed) {
                return;
            }
            Instant now = around.now();
            boolean lasted = openedAt != null && !now.isBefore(openedAt.plus(PROVEN));
            failures = lasted ? 1 : failures + 1;
            due = now.plus(backoff.after(failures));
            current = null;
            around.observer().engineUnreachable(why, failures);
        }
    }
}
