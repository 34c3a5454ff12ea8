package io.registrator.docker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds a whole call, whatever it waits for.
 *
 * <p>An HTTP client's timeouts cannot: on a unix socket they are ignored, and on TCP they start anew with every byte. Each
 * call runs on a virtual thread of its own, and past its deadline that thread is interrupted. That closes the socket it
 * reads from, unix or TCP (virtual threads alone are interruptible there), so that neither thread nor connection is left.
 */
final class Deadline {
    private Deadline() {}

    /**
     * What the call returned.
     *
     * @throws TimeoutException when it took longer
     * @throws ExecutionException with what it threw
     * @throws InterruptedException when the caller was interrupted; the call is ended then, too
     */
    static <T> T call(Duration limit, Callable<T> work)
            throws TimeoutException, ExecutionException, InterruptedException {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().name("docker-call").start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }
}
