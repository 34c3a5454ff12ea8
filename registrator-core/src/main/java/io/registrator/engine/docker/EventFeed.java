package io.registrator.engine.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.google.common.base.Throwables;
import io.registrator.engine.docker.ReplayPoint.Replay;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.EventStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event stream. docker-java tells of its events, and up to three times of its end, on a thread of its own; the listener
 * hears of the end once, and of nothing after it.
 */
final class EventFeed implements ResultCallback<Event>, EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);

    private final EventListener listener;
    private final ReplayPoint replayPoint;
    private final Replay replay;
    private final Function<Throwable, Failure> classify;
    private final CompletableFuture<Outcome<EventStream>> opened = new CompletableFuture<>();
    private @Nullable Closeable connection;
    private boolean over;

    /** @param replay what the stream is asked to tell */
    EventFeed(EventListener listener, ReplayPoint replayPoint, Replay replay, Function<Throwable, Failure> classify) {
        this.listener = listener;
        this.replayPoint = replayPoint;
        this.replay = replay;
        this.classify = classify;
    }

    /** Waits until the engine has accepted or refused the stream, for which the transport has a deadline. */
    Outcome<EventStream> awaitOpened() {
        try {
            return opened.get();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.Transient("interrupted while asking the Docker engine"));
        } catch (ExecutionException e) {
            throw new AssertionError("is not completed so", e);
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    @Override
    public synchronized void onStart(Closeable stream) {
        connection = stream;
        replayPoint.opened();
        opened.complete(Outcome.success(this));
        if (over) {
            disconnect();
        }
    }

    @Override
    public synchronized void onNext(Event event) {
        if (!over) {
            replayPoint.seen(EventMapper.time(event));
            EventMapper.map(event, replay).ifPresent(listener::told);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        log.debug("An event stream ended", thrown);
        if (Throwables.getRootCause(thrown) instanceof JacksonException) {
            // Another stream would break where this one did: it is to begin after that.
            replayPoint.forget();
        }
        end(classify.apply(thrown));
    }

    @Override
    public void onComplete() {
        end(new Failure.Transient("the Docker engine ended its event stream"));
    }

    @Override
    public synchronized void close() {
        over = true;
        opened.complete(Outcome.failed(new Failure.Transient("closed before the Docker engine answered")));
        disconnect();
    }

    private synchronized void end(Failure why) {
        if (!over) {
            over = true;
            if (!opened.complete(Outcome.failed(why))) {
                listener.ended(asTransient(why));
            }
        }
    }

    /** Whatever ended a stream that was accepted once, another may be opened. */
    private static Failure asTransient(Failure why) {
        return why instanceof Failure.Transient ? why : new Failure.Transient(why.message());
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            log.debug("Closing an event stream failed", e);
        }
    }
}
