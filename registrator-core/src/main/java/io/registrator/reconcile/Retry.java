package io.registrator.reconcile;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How often in a row one thing has failed, and when it is tried again. */
final class Retry {
    private int failures;
    private @Nullable Instant due;

    /** Notes one more failure, lets it wait, and returns how many there have been in a row. */
    int failed(Instant now, Backoff backoff) {
        failures++;
        due = now.plus(backoff.after(failures));
        return failures;
    }

    /** Notes one more failure of something that no wait will mend. */
    int rejected() {
        due = null;
        return ++failures;
    }

    void succeeded() {
        failures = 0;
        due = null;
    }

    /** Ends the wait if it is due, and returns whether it did. The count goes on. */
    boolean release(Instant now) {
        boolean ends = due != null && !now.isBefore(due);
        if (ends) {
            due = null;
        }
        return ends;
    }

    boolean isWaiting() {
        return due != null;
    }

    boolean hasFailed() {
        return failures > 0;
    }

    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }
}
