package io.registrator.it.soak;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Follows one of Consul's blocking queries at a server that is always there. */
final class BlockingWatch implements AutoCloseable {
    private static final Duration HELD = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final Consul witness;
    private final String path;
    private final Consumer<JsonElement> sights;
    private final Thread thread;

    /** @param sights is given each answer, on this watch's thread; also when nothing changed for some seconds */
    BlockingWatch(Consul witness, String path, Consumer<JsonElement> sights) {
        this.witness = witness;
        this.path = path;
        this.sights = sights;
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        long index = 0;
        try {
            while (true) {
                index = follow(index);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private long follow(long index) throws InterruptedException {
        try {
            Consul.Answer answer = witness.await(path, index, HELD);
            sights.accept(answer.body());
            return answer.index();
        } catch (IOException away) {
            Thread.sleep(AFTER_FAILURE);
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
    }
}
