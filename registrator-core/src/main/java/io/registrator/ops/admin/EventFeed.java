package io.registrator.ops.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import io.registrator.ops.observe.BoardSnapshot;
import io.registrator.ops.observe.StatusBoard;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Server-sent events: {@code state} with everything when a client comes, then {@code change} with what is different, at
 * most a few a second, and one every quarter of a minute so that a connection that is gone is noticed.
 */
final class EventFeed {
    private static final int CLIENTS_AT_ONCE = 32;
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(15);
    /** Changes come in bursts. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private final StatusBoard board;
    private final StateJson json;
    private final Semaphore free = new Semaphore(CLIENTS_AT_ONCE);

    EventFeed(StatusBoard board, StateJson json) {
        this.board = board;
        this.json = json;
    }

    Answer answer() {
        return free.availablePermits() == 0
                ? Answer.text(HttpStatus.SC_SERVICE_UNAVAILABLE, "Too many listen to events already.")
                : Answer.events(this::stream);
    }

    private void stream(OutputStream out) throws IOException {
        if (!free.tryAcquire()) {
            return;
        }
        try {
            follow(out);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        } finally {
            free.release();
        }
    }

    private void follow(OutputStream out) throws IOException, InterruptedException {
        BoardSnapshot told = board.snapshot();
        send(out, "state", json.everything(told));
        while (true) {
            board.awaitNewer(told.version(), AT_LEAST_EVERY);
            Thread.sleep(GATHER);
            BoardSnapshot now = board.snapshot();
            send(out, "change", json.change(told, now));
            told = now;
        }
    }

    private static void send(OutputStream out, String event, JsonObject data) throws IOException {
        out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
