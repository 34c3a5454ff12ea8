package io.registrator.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.registrator.docker.ReplayPoint.Replay;
import io.registrator.http.Deadlines;
import io.registrator.model.Failure;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.EventStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open event stream: the engine's words on one side, our listener on the other. */
final class EventFeed implements EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
    private static final Failure STUCK =
            new Failure.Transient("the Docker engine fell silent in the middle of an event");

    private final Response response;
    private final EventListener listener;
    private final ReplayPoint replayPoint;
    private final Replay replay;
    private final Function<Throwable, Failure> classify;
    private final Deadlines deadlines;
    private final Duration patience;
    private Deadlines.@Nullable Alarm alarm;
    private volatile boolean stuck;
    private volatile boolean over;

    /**
     * Hears nothing yet.
     *
     * @param response the engine's answer, whose body has not been read
     * @param replay what the stream was asked to tell
     * @param patience how long the rest of an event may take that has begun
     */
    EventFeed(
            Response response,
            EventListener listener,
            ReplayPoint replayPoint,
            Replay replay,
            Function<Throwable, Failure> classify,
            Deadlines deadlines,
            Duration patience) {
        this.response = response;
        this.listener = listener;
        this.replayPoint = replayPoint;
        this.replay = replay;
        this.classify = classify;
        this.deadlines = deadlines;
        this.patience = patience;
    }

    /** A platform thread: the engine's word wakes it directly, and it waits most of the time. */
    void start() {
        Thread.ofPlatform().daemon().name("docker-events").start(this::hear);
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        silence();
        response.close();
    }

    private synchronized void silence() {
        over = true;
    }

    private void hear() {
        Failure why;
        try (response) {
            why = hearAll();
        } catch (IOException | RuntimeException e) {
            why = stuck ? STUCK : classify.apply(e);
            log.debug("An event stream ended", e);
        } finally {
            calmDown();
        }
        end(why);
    }

    private Failure hearAll() throws IOException {
        var documents = new EventDocuments(response.getBody(), this::setAlarm);
        for (var event = documents.next(); event != null; event = documents.next()) {
            calmDown();
            pass(event);
        }
        return new Failure.Transient("the Docker engine ended its event stream");
    }

    private synchronized void pass(Fields event) {
        if (!over) {
            replayPoint.seen(EngineEvents.time(event));
            EngineEvents.tell(event, replay, listener);
        }
    }

    private synchronized void end(Failure why) {
        if (!over) {
            over = true;
            listener.ended(asTransient(why));
        }
    }

    /** Whatever ended a stream that was accepted once, another may be opened. */
    private static Failure asTransient(Failure why) {
        return why instanceof Failure.Transient ? why : new Failure.Transient(why.message());
    }

    private void setAlarm() {
        if (alarm == null) {
            alarm = deadlines.set(patience, this::cut);
        }
    }

    private void cut() {
        stuck = true;
        response.close();
    }

    private void calmDown() {
        if (alarm != null) {
            alarm.close();
            alarm = null;
        }
    }
}
