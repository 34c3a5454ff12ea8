package io.registrator.consul;

import java.time.Duration;

/** Durations as Consul reads them. */
final class GoDurations {
    private static final int MILLIS = 1000;

    private GoDurations() {}

    static String format(Duration duration) {
        long millis = duration.toMillis();
        return millis % MILLIS == 0 ? millis / MILLIS + "s" : millis + "ms";
    }
}
