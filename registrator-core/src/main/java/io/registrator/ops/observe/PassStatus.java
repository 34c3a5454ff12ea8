package io.registrator.ops.observe;

import io.registrator.reconcile.PassSummary;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the full passes.
 *
 * @param completed how many are over
 * @param lastCompleted when the last one ended; null before the end of the first
 * @param lastCompletedNanos the same by the monotonic clock, from which alone a duration can be told
 * @param lastTook how long it took; null before the end of the first
 * @param lastSummary null before the end of the first
 * @param lastLag how long after the engine told of it the last change was written; null before the first
 * @param internalErrors how often the loop met an error of its own
 */
public record PassStatus(
        long completed,
        @Nullable Instant lastCompleted,
        long lastCompletedNanos,
        @Nullable Duration lastTook,
        @Nullable PassSummary lastSummary,
        @Nullable Duration lastLag,
        long internalErrors) {

    static final PassStatus NONE = new PassStatus(0, null, 0, null, null, null, 0);

    PassStatus completed(Instant now, long nanos, Duration took, PassSummary summary) {
        return new PassStatus(completed + 1, now, nanos, took, summary, lastLag, internalErrors);
    }

    PassStatus withLag(Duration lag) {
        return new PassStatus(completed, lastCompleted, lastCompletedNanos, lastTook, lastSummary, lag, internalErrors);
    }

    PassStatus withInternalError() {
        return new PassStatus(
                completed, lastCompleted, lastCompletedNanos, lastTook, lastSummary, lastLag, internalErrors + 1);
    }
}
