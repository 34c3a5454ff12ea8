package io.registrator.engine.docker;

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

    /** An engine keeps few events, and nobody gives a container longer to stop. */
    private static final Duration SIGNALS = Duration.ofHours(1);

    private @Nullable Instant lastSeen;
    private boolean opened;

    /**
     * What a stream tells.
     *
     * @param signals from when on it tells of signals
     * @param all from when on it tells of everything
     * @param opening when it is opened, by the engine's clock
     */
    record Replay(Instant signals, Instant all, Instant opening) {
        /** For the engine's {@code since}, as {@code SECONDS.NANOS}. */
        String since() {
            return "%d.%09d".formatted(signals.getEpochSecond(), signals.getNano());
        }

        /** Whether all that matters of an event of this time is whether it is a signal. */
        boolean isOfSignals(Optional<Instant> at) {
            return at.filter(all::isAfter).isPresent();
        }

        /** How long this was past at the opening; zero if it was not. */
        Duration ago(Instant at) {
            return at.isBefore(opening) ? Duration.between(at, opening) : Duration.ZERO;
        }
    }

    /** @param moment of an event; empty of one that does not say */
    synchronized void seen(Optional<Instant> moment) {
        moment.filter(at -> lastSeen == null || lastSeen.isBefore(at)).ifPresent(at -> lastSeen = at);
    }

    /** What was seen is not to be replayed: the next stream begins with the time when it is opened. */
    synchronized void forget() {
        lastSeen = null;
    }

    /**
     * What the next stream tells: all from a little before the last event seen, and never after now, should the engine's clock
     * have been set back. The first one tells of older signals, too: what was being stopped when we were started still is.
     */
    synchronized Replay next(Instant engineNow) {
        if (lastSeen == null || lastSeen.isAfter(engineNow)) {
            lastSeen = engineNow;
        }
        var all = lastSeen.minus(MARGIN);
        return new Replay(opened ? all : all.minus(SIGNALS), all, engineNow);
    }

    /** A stream has been opened: what it is to tell is on its way. */
    synchronized void opened() {
        opened = true;
    }
}
