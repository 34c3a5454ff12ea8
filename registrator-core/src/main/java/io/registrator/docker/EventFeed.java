package io.registrator.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import io.registrator.model.Failure;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.EventStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event stream: docker-java's callbacks on one side, our listener on the other.
 *
 * <p>docker-java reports an end up to three times (a broken answer, its end, our own close), so that only the first counts.
 * Its adapter for callbacks logs each at ERROR, and is not used.
 */
final class EventFeed implements ResultCallback<Event>, EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);

    private enum State {
        OPENING,
        OPEN,
        OVER
    }

    private final EventListener listener;
    private final ReplayPoint replayPoint;
    private final Function<Throwable, Failure> classify;
    private final CompletableFuture<Optional<Failure>> opened = new CompletableFuture<>();
    private State state = State.OPENING;
    private @Nullable Closeable response;

    EventFeed(EventListener listener, ReplayPoint replayPoint, Function<Throwable, Failure> classify) {
        this.listener = listener;
        this.replayPoint = replayPoint;
        this.classify = classify;
    }

    /**
     * Empty as soon as the engine has accepted the stream; else why it has not. Waits as long as the HTTP client does for
     * the head of an answer, which is bounded.
     */
    Optional<Failure> awaitOpened() {
        try {
            return opened.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            return Optional.of(new Failure.Transient("interrupted while opening the event stream"));
        } catch (ExecutionException e) {
            throw new AssertionError("nothing completes it so", e);
        }
    }

    @Override
    public synchronized void onStart(Closeable answer) {
        if (state != State.OPENING) {
            closeQuietly(answer);
            return;
        }
        response = answer;
        state = State.OPEN;
        opened.complete(Optional.empty());
    }

    @Override
    public synchronized void onNext(Event event) {
        if (state == State.OPEN) {
            replayPoint.seen(event);
            EngineEvents.signal(event).ifPresent(listener::signalled);
            EngineEvents.changed(event).ifPresent(listener::changed);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        end(classify.apply(thrown));
    }

    @Override
    public void onComplete() {
        end(new Failure.Transient("the Docker engine ended its event stream"));
    }

    @Override
    public void close() {
        closeQuietly(silence());
    }

    synchronized boolean isOver() {
        return state == State.OVER;
    }

    private synchronized void end(Failure why) {
        var before = state;
        state = State.OVER;
        switch (before) {
            case OPENING -> opened.complete(Optional.of(why));
            case OPEN -> listener.ended(asTransient(why));
            case OVER -> {}
        }
    }

    /** Whatever ended a stream that was accepted once, another may be opened. */
    private static Failure asTransient(Failure why) {
        return why instanceof Failure.Transient ? why : new Failure.Transient(why.message());
    }

    private synchronized @Nullable Closeable silence() {
        state = State.OVER;
        return response;
    }

    private static void closeQuietly(@Nullable Closeable answer) {
        try {
            if (answer != null) {
                answer.close();
            }
        } catch (IOException e) {
            log.debug("Closing an event stream failed", e);
        }
    }
}
