package io.registrator.it.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, last things first, each in its own time: one that hangs keeps none of the others. */
final class Cleanup {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Timeline timeline;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean over;

    Cleanup(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The same thing, which is closed in the end; at once, if the end has come already. */
    synchronized <T extends AutoCloseable> T add(T thing) {
        if (over) {
            close(thing);
            throw new IllegalStateException("it is too late to open anything");
        }
        open.push(thing);
        return thing;
    }

    synchronized void close() {
        over = true;
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private void close(AutoCloseable thing) {
        String name = thing.getClass().getSimpleName();
        Thread closing = Thread.ofVirtual().start(() -> {
            try {
                thing.close();
            } catch (Exception | AssertionError e) {
                timeline.trouble(Trouble.FAILURE, name + " cannot be closed: " + e);
            }
        });
        try {
            if (!closing.join(PATIENCE)) {
                timeline.trouble(Trouble.FAILURE, name + " is not closed within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
