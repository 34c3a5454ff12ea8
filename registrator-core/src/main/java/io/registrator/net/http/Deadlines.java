package io.registrator.net.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what takes too long, whatever it waits for. An HTTP client's own timeouts cannot: on a unix socket they are ignored,
 * and on TCP they start anew with every byte.
 *
 * <p>A call runs on its caller's thread, if that is a virtual one, and past its deadline that thread is interrupted. This
 * closes the socket it reads from, unix or TCP, so that neither thread nor connection is left; only a look-up of a name
 * ends when its resolver gives up. Other threads cannot be interrupted so, and wait for a virtual one.
 */
public final class Deadlines implements AutoCloseable {
    private static final long TICK_SECONDS = 1;

    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean ticks = new AtomicBoolean();

    /** Starts no thread yet. */
    public Deadlines() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        // What is called off goes at once: thousands of calls a second would else fill the old generation with what is
        // over.
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * What the call returned.
     *
     * @throws TimeoutException when it took longer
     * @throws ExecutionException with what it threw
     * @throws InterruptedException when the caller was interrupted; the call is ended then, too
     */
    public <T> T call(Duration limit, Callable<T> work)
            throws TimeoutException, ExecutionException, InterruptedException {
        return Thread.currentThread().isVirtual() ? callHere(limit, work) : callOnVirtualThread(limit, work);
    }

    /** Runs {@code cut} on the timer's thread when the time is over, unless the alarm was called off. It must not block. */
    public Alarm set(Duration limit, Runnable cut) {
        if (!ticks.get() && ticks.compareAndSet(false, true)) {
            // A timer is woken when what is first in it changes. With this first, no call does that.
            var unused = timer.scheduleAtFixedRate(() -> {}, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        }
        ScheduledFuture<?> due = timer.schedule(cut, limit.toNanos(), TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }

    /** What waits in the timer: alarms that may still go off, and its tick. */
    int waiting() {
        return timer.getQueue().size();
    }

    /** Nothing is cut any more, and no call begun. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    private <T> T callHere(Duration limit, Callable<T> work)
            throws TimeoutException, ExecutionException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (timer.isShutdown()) {
            throw new ExecutionException(new IOException("closed"));
        }
        Strike strike = new Strike(Thread.currentThread());
        try (Alarm ignored = set(limit, strike)) {
            return work.call();
        } catch (Exception e) {
            if (strike.callOff()) {
                throw new TimeoutException();
            }
            if (Thread.interrupted() || e instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new ExecutionException(e);
        } finally {
            strike.callOff();
        }
    }

    private <T> T callOnVirtualThread(Duration limit, Callable<T> work)
            throws TimeoutException, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(() -> callHere(limit, work));
        Thread.ofVirtual().name("deadline-call").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw e.getCause() instanceof ExecutionException thrown ? thrown : e;
        } finally {
            task.cancel(true);
        }
    }

    /** Something that was set. */
    public interface Alarm extends AutoCloseable {
        /** Calls it off; it may just be going off. */
        @Override
        void close();
    }

    /** Interrupts a thread, once, and never after it was called off. */
    private static final class Strike implements Runnable {
        private final Thread target;
        private boolean calledOff;
        private boolean struck;

        Strike(Thread target) {
            this.target = target;
        }

        @Override
        public synchronized void run() {
            if (!calledOff) {
                struck = true;
                target.interrupt();
            }
        }

        /** Whether it has struck; the interrupt is taken back then. For the thread itself. */
        synchronized boolean callOff() {
            if (struck && !calledOff) {
                Thread.interrupted();
            }
            calledOff = true;
            return struck;
        }
    }
}
