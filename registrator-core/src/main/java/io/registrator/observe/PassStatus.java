package io.registrator.observe;

import io.registrator.reconcile.PassSummary;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the full passes.
 *
 * @param completed how many are over
 * @param lastCompleted when the last one ended; null before the end of the first
 * @param lastTook how long it took; null before the end of the first
 * @param lastSummary null before the end of the first
 * @param lastLag how long after the engine told of it the last change was written; null before the first
 * @param internalErrors how often the loop met an error of its own
 */
public record PassStatus(
        long completed,
        @Nullable Instant lastCompleted,
        @Nullable Duration lastTook,
        @Nullable PassSummary lastSummary,
        @Nullable Duration lastLag,
        long internalErrors) {

    static final PassStatus NONE = new PassStatus(0, null, null, null, null, 0);

    PassStatus completed(Instant now, Duration took, PassSummary summary) {
        return new PassStatus(completed + 1, now, took, summary, lastLag, internalErrors);
    }

    PassStatus withLag(Duration lag) {
        return new PassStatus(completed, lastCompleted, lastTook, lastSummary, lag, internalErrors);
    }

    PassStatus withInternalError() {
        return new PassStatus(completed, lastCompleted, lastTook, lastSummary, lastLag, internalErrors + 1);
    }
}
