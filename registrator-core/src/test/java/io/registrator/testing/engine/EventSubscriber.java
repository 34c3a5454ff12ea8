package io.registrator.testing.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One open stream: what is to be sent over it. */
final class EventSubscriber {
    /** As many as the engine's; who is behind by more for this long misses some. */
    private static final int CAPACITY = 1024;

    private static final long PATIENCE_MILLIS = 100;
    private static final byte[] END = new byte[0];

    private final EventFilter filter;
    private final long sinceNanos;
    private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean begun;
    private volatile boolean silent;
    private volatile boolean closed;

    EventSubscriber(EventFilter filter, long sinceNanos) {
        this.filter = filter;
        this.sinceNanos = sinceNanos;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    void begin() {
        begun = true;
    }

    boolean wants(EngineEvent event) {
        return begun && filter.passes(event);
    }

    /** Whether it is sent; else it is lost. */
    boolean send(byte[] line) throws InterruptedException {
        return silent || closed || lines.offer(line, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stays open, and nothing comes any more. */
    void silence() {
        silent = true;
    }

    /** All that is to be sent next, once there is something; empty at the end. */
    byte[] take() throws InterruptedException {
        List<byte[]> batch = new ArrayList<>();
        batch.add(lines.take());
        lines.drainTo(batch);
        if (closed) {
            return END;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batch.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    void close() {
        closed = true;
        lines.clear();
        lines.add(END);
    }
}
