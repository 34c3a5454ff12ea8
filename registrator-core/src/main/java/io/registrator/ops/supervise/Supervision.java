package io.registrator.ops.supervise;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the worker for a sign of life again and again, and passes on what it gets. A thread of its own does so; but the sign
 * comes from the worker, so a worker that is stuck, or fails in every round, gives none.
 */
public final class Supervision implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);
    private static final Duration FAREWELL = Duration.ofSeconds(6);
    private static final String NOTIFY_COMMAND = "systemd-notify";

    private final ImmutableList<Supervisor> supervisors;
    private final Duration period;
    private final BlockingQueue<Runnable> words = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().name("supervise").daemon().unstarted(this::run);

    private @Nullable Worker worker;
    private int unanswered;
    private boolean over;

    Supervision(ImmutableList<Supervisor> supervisors, Duration period) {
        this.supervisors = supervisors;
        this.period = period;
    }

    /**
     * Starts with nobody to ask yet; does nothing at all where nobody watches over us.
     *
     * @param healthFile a file whose age says whether we live; null for none
     * @param systemd whether systemd waits for notifications
     * @param period time between two signs of life
     */
    public static Supervision start(@Nullable Path healthFile, boolean systemd, Duration period) {
        ImmutableList.Builder<Supervisor> supervisors = ImmutableList.builder();
        if (healthFile != null) {
            supervisors.add(new HealthFile(healthFile));
        }
        if (systemd) {
            supervisors.add(new Systemd(new NotifyCommand(NOTIFY_COMMAND)));
        }
        Supervision supervision = new Supervision(supervisors.build(), period);
        if (supervision.isWanted()) {
            supervision.begin();
        }
        return supervision;
    }

    void begin() {
        thread.start();
    }

    /** Whether anybody watches over us. */
    public boolean isWanted() {
        return !supervisors.isEmpty();
    }

    /** Asks this one from now on. */
    public void watch(Worker next) {
        say(() -> {
            worker = next;
            unanswered = 0;
        });
    }

    /** Start-up is complete: the first full pass is over, or waits for a peer that is not there yet. May be said again. */
    public void started() {
        sayAll(Supervisor::started);
    }

    /** What the daemon does or waits for, in a few words. */
    public void status(String text) {
        sayAll(supervisor -> supervisor.status(text));
    }

    /** The daemon ends because it was asked to. */
    public void stopping() {
        sayAll(Supervisor::stopping);
    }

    /** Passes on what was said, within seconds. */
    @Override
    public void close() {
        say(() -> over = true);
        if (thread.isAlive()) {
            Uninterruptibles.joinUninterruptibly(thread, FAREWELL);
        }
    }

    private void sayAll(Consumer<Supervisor> word) {
        say(() -> supervisors.forEach(word));
    }

    private void say(Runnable word) {
        if (isWanted()) {
            words.add(word);
        }
    }

    private void run() {
        try {
            long nextQuestion = System.nanoTime() + period.toNanos();
            while (!over) {
                Runnable word = words.poll(nextQuestion - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (word != null) {
                    word.run();
                } else {
                    ask();
                    nextQuestion = System.nanoTime() + period.toNanos();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One question at a time: a worker that does not answer is not asked again. */
    private void ask() {
        if (worker == null) {
            return;
        }
        if (unanswered++ == 0) {
            Worker asked = worker;
            asked.afterNextRound(() -> say(() -> answered(asked)));
        } else if (unanswered == 2) {
            LOG.warn("no round of work was finished in {} s", period.toSeconds());
        }
    }

    private void answered(Worker by) {
        if (by.equals(worker)) {
            unanswered = 0;
            supervisors.forEach(Supervisor::alive);
        }
    }
}
