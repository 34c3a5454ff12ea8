package io.registrator.registry.consul;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Pauses that double up to a limit, each shortened at random by up to a half so that many hosts do not act as one. */
final class RetryPace {
    private final Duration first;
    private final Duration limit;
    private final DoubleSupplier random;
    private Duration next;

    /** @param random 0 to 1 */
    RetryPace(Duration first, Duration limit, DoubleSupplier random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(limit) < 0 ? doubled : limit;
        return Duration.ofNanos((long) (pause.toNanos() * (1 - random.getAsDouble() / 2)));
    }

    void reset() {
        next = first;
    }
}
