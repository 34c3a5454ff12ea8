package io.registrator.it;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks all along at services that should not change, and keeps every sight of one that is gone or other than it was. What
 * an agent shows that does not answer, or has just lost everything, is not looked at.
 */
final class FlapWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Agent agent;
    private final Collection<String> services;
    private final Queue<String> flaps = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile @Nullable Map<String, JsonObject> before;
    private final AtomicLong looks = new AtomicLong();

    FlapWatch(Agent agent, Collection<String> services) {
        this.agent = agent;
        this.services = services;
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    /** From now on they must stay as they are at this moment. */
    void begin() throws IOException, InterruptedException {
        before = now();
    }

    /** Whatever they are from now on is no flap. */
    void suspend() {
        before = null;
    }

    Collection<String> flaps() {
        return flaps;
    }

    long looks() {
        return looks.get();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Map<String, JsonObject> expected = before;
        if (expected == null) {
            return;
        }
        try {
            Map<String, JsonObject> seen = now();
            if (expected.equals(before) && !seen.equals(expected)) {
                flaps.add("expected " + expected + " but saw " + seen);
                before = seen;
            }
            looks.incrementAndGet();
        } catch (IOException away) {
            // An agent that does not answer shows nothing.
        }
    }

    private Map<String, JsonObject> now() throws IOException, InterruptedException {
        Map<String, JsonObject> all = new HashMap<>(agent.services());
        all.keySet().retainAll(services);
        return all;
    }

    @Override
    public void close() {
        thread.interrupt();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
