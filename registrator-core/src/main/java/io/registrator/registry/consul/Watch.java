package io.registrator.registry.consul;

import static com.google.common.base.Preconditions.checkState;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thread that looks again and again, until it is closed. */
final class Watch implements AutoCloseable {
    /** So that answers that grow with what we hold take the same part of the time. */
    private static final Duration REST_AN_ENTRY = Duration.ofMillis(1);

    private final String name;
    private @Nullable Thread thread;

    Watch(String name) {
        this.name = name;
    }

    /** Looks once; returns how long to wait before the next look. */
    interface Look {
        Duration take() throws InterruptedException;
    }

    /** How long not to look after an answer of so many entries: our own writes call for one such answer after the other. */
    static Duration restAfter(int entries) {
        return REST_AN_ENTRY.multipliedBy(entries);
    }

    synchronized void start(Look look) {
        checkState(thread == null, "%s has been started already", name);
        thread = Thread.ofVirtual().name(name).start(() -> run(look));
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private static void run(Look look) {
        try {
            while (true) {
                Thread.sleep(look.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
