package io.registrator.reconcile;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after so many failures in a row: doubling from {@code first} up to {@code longest}, shortened by up to
 * a half at random so that what failed together does not come back together.
 *
 * @param random from 0 (inclusive) to 1
 */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {
    private static final int DOUBLINGS = 20;

    Duration after(int failures) {
        Duration full = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        Duration capped = full.compareTo(longest) > 0 ? longest : full;
        return capped.minusNanos((long) (capped.toNanos() / 2.0 * random.getAsDouble()));
    }
}
