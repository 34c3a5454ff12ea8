package io.registrator.ops.observe;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the daemon can do its work now: its first full pass is over, and engine and registry answer. */
public final class Readiness {
    private static final int PASSES_MISSED = 4;
    private static final Duration AT_LEAST = Duration.ofMinutes(1);

    private final @Nullable Duration longestPause;
    private final LongSupplier nanoTime;

    /**
     * @param resync time between two full passes; zero for none after the first
     * @param nanoTime the monotonic clock that the board goes by
     */
    public Readiness(Duration resync, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.longestPause = resync.isZero() ? null : AT_LEAST.plus(resync.multipliedBy(PASSES_MISSED));
    }

    /** Why it is not ready, in words; empty when it is. */
    public ImmutableList<String> missing(BoardSnapshot board) {
        ImmutableList.Builder<String> missing = ImmutableList.builder();
        if (!board.engine().answers()) {
            missing.add("the engine does not answer" + because(board.engine()));
        }
        if (!board.registry().answers()) {
            missing.add("the registry does not answer" + because(board.registry()));
        }
        Instant last = board.passes().lastCompleted();
        if (last == null) {
            missing.add("the first full pass is not over yet");
        } else if (isOverdue(board.passes())) {
            missing.add("no full pass has been completed since " + last);
        }
        return missing.build();
    }

    private boolean isOverdue(PassStatus passes) {
        long since = nanoTime.getAsLong() - passes.lastCompletedNanos();
        return longestPause != null && since > longestPause.toNanos();
    }

    private static String because(PeerStatus peer) {
        return peer.lastError() == null ? "" : ": " + peer.lastError();
    }
}
