package io.registrator.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when on the engine is to replay its events when a stream opens. It keeps the last 256, so that a replay is bounded.
 *
 * <p>Needed for the first stream, too: the engine sends the head of its answer before it subscribes us, and what happens
 * in between would be lost. Replaying too much is harmless: events only say what to look at.
 */
final class ReplayPoint {
    /** The engine's {@code Date} has whole seconds, and events may reach its ring out of order. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private @Nullable Instant lastSeen;

    /** @param moment of an event; empty of one that does not say */
    synchronized void seen(Optional<Instant> moment) {
        moment.filter(at -> lastSeen == null || lastSeen.isBefore(at)).ifPresent(at -> lastSeen = at);
    }

    /**
     * For the engine's {@code since}, as {@code SECONDS.NANOS}: a little before the last event seen, and never after now,
     * should the engine's clock have been set back.
     */
    synchronized String since(Instant engineNow) {
        if (lastSeen == null || lastSeen.isAfter(engineNow)) {
            lastSeen = engineNow;
        }
        var from = lastSeen.minus(MARGIN);
        return "%d.%09d".formatted(from.getEpochSecond(), from.getNano());
    }
}
