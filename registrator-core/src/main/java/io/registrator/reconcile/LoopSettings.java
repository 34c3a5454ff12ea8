package io.registrator.reconcile;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How the loop runs.
 *
 * @param resync time between two full passes; zero for none after the first
 * @param farewell how long the last pass may take when the loop is stopped
 * @param deregisterOnExit whether that pass removes all services of ours
 */
public record LoopSettings(Duration resync, Duration farewell, boolean deregisterOnExit) {
    public LoopSettings {
        checkArgument(!resync.isNegative(), "resync is not negative: %s", resync);
        checkArgument(!farewell.isNegative(), "farewell is not negative: %s", farewell);
    }
}
