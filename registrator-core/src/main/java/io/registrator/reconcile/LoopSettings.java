package io.registrator.reconcile;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How the loop runs.
 *
 * @param resync time between two full passes; zero for none after the first
 * @param farewell how long the last pass may take when the loop is stopped; where it deregisters, how long it may go on without
 *     any progress
 * @param deregisterOnExit whether that pass removes all services of ours
 * @param longestFarewell how long that pass may take at the most, however much progress it makes
 */
public record LoopSettings(Duration resync, Duration farewell, boolean deregisterOnExit, Duration longestFarewell) {
    public LoopSettings {
        checkArgument(!resync.isNegative(), "resync is not negative: %s", resync);
        checkArgument(!farewell.isNegative(), "farewell is not negative: %s", farewell);
        checkArgument(longestFarewell.compareTo(farewell) >= 0, "%s is the longest farewell", longestFarewell);
    }
}
