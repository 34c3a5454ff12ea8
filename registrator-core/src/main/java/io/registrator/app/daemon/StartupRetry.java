package io.registrator.app.daemon;

import io.registrator.app.config.DaemonConfig.Startup;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.ops.supervise.Supervision;
import io.registrator.ops.supervise.Worker;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at start-up for peers that are not there yet; each try is a round of its work. */
final class StartupRetry implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(StartupRetry.class);
    private static final int EVERY = 10;

    private final Startup startup;
    private final Supervision supervision;
    private final BlockingQueue<Runnable> askedForSigns = new LinkedBlockingQueue<>();

    StartupRetry(Startup startup, Supervision supervision) {
        this.startup = startup;
        this.supervision = supervision;
    }

    @Override
    public void afterNextRound(Runnable done) {
        askedForSigns.add(done);
    }

    /**
     * Asks until there is an answer.
     *
     * @throws StartupException when the peer has failed as often as the settings allow
     */
    <T> T await(String peer, Supplier<Outcome<T>> question) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            switch (question.get()) {
                case Outcome.Success<T>(T answer) -> {
                    if (attempt > 1) {
                        LOG.info("{} answers", peer);
                    }
                    return answer;
                }
                case Outcome.Failed<T>(Failure why) -> failed(peer, attempt, why);
            }
            pause();
        }
    }

    /** The last try has ended, and the next one has its time: whoever asks meanwhile learns that we are alive. */
    private void pause() throws InterruptedException {
        long end = System.nanoTime() + startup.interval().toNanos();
        Runnable done;
        while ((done = askedForSigns.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS)) != null) {
            done.run();
        }
    }

    private void failed(String peer, int attempt, Failure why) {
        if (why instanceof Failure.Rejected no && no.status() == HttpStatus.SC_BAD_REQUEST) {
            throw new StartupException(peer + " refuses what it is asked: " + why.message());
        }
        if (startup.attempts() >= 0 && attempt >= Math.max(1, startup.attempts())) {
            throw new StartupException("gave up on " + peer + " after " + attempt
                    + (attempt == 1 ? " try: " : " tries: ") + why.message());
        }
        supervision.status("waiting for " + peer + ": " + why.message());
        supervision.started();
        if (attempt == 1 || attempt % EVERY == 0) {
            LOG.warn(
                    "waiting for {}, trying again every {} ms (attempt {}): {}",
                    peer,
                    startup.interval().toMillis(),
                    attempt,
                    why.message());
        }
    }
}
