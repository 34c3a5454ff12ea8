package io.registrator.daemon;

import io.registrator.config.DaemonConfig.Startup;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at start-up for peers that are not there yet. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final int EVERY = 10;
    /** What no wait will mend. */
    private static final int BAD_REQUEST = 400;

    private final Startup startup;

    Patience(Startup startup) {
        this.startup = startup;
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
            Thread.sleep(startup.interval());
        }
    }

    private void failed(String peer, int attempt, Failure why) {
        if (why instanceof Failure.Rejected no && no.status() == BAD_REQUEST) {
            throw new StartupException(peer + " refuses what it is asked: " + why.message());
        }
        if (startup.attempts() >= 0 && attempt >= Math.max(1, startup.attempts())) {
            throw new StartupException("gave up on " + peer + " after " + attempt
                    + (attempt == 1 ? " try: " : " tries: ") + why.message());
        }
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
