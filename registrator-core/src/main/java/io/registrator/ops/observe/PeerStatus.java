package io.registrator.ops.observe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the engine, or with the registry.
 *
 * @param answers whether it answered when it was last asked
 * @param since when that began
 * @param lastAnswer when it last answered a listing; null if never
 * @param lastError what went wrong last; null if nothing ever did
 * @param losses how often it was lost
 */
public record PeerStatus(
        boolean answers,
        Instant since,
        @Nullable Instant lastAnswer,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        long losses) {

    static PeerStatus unknown(Instant now) {
        return new PeerStatus(false, now, null, null, null, 0);
    }

    PeerStatus answered(Instant now) {
        return new PeerStatus(true, answers ? since : now, lastAnswer, lastError, lastErrorAt, losses);
    }

    PeerStatus listed(Instant now) {
        return new PeerStatus(answers, since, now, lastError, lastErrorAt, losses);
    }

    PeerStatus failed(Instant now, String why) {
        return new PeerStatus(false, answers ? now : since, lastAnswer, why, now, answers ? losses + 1 : losses);
    }
}
