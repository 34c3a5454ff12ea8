package io.registrator.testing;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other threads and processes do. */
public final class Await {
    private static final long STEP_MILLIS = 20;

    private Await() {}

    /** Until {@code condition} holds; a condition that throws does not hold yet. Fails after {@code patience}. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(STEP_MILLIS);
        } while (System.nanoTime() < end);
        throw new AssertionError("not within " + patience + ": " + what, last);
    }
}
