package io.registrator.app.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a registry may go on showing our services without hearing of us, and how often it does: {@code -ttl} and
 * {@code -ttl-refresh}.
 */
public record TimeToLive(Duration ttl, Duration refresh) {
    private static final String EXAMPLE = "write something like -ttl 30 -ttl-refresh 10";

    public TimeToLive {
        if (!ttl.isPositive() || !refresh.isPositive()) {
            throw new ConfigException("-ttl and -ttl-refresh go together, each above 0: " + EXAMPLE);
        }
        if (refresh.compareTo(ttl) >= 0) {
            throw new ConfigException("-ttl-refresh must be below -ttl: " + EXAMPLE);
        }
    }

    /** From the two in seconds; empty when neither is above 0. */
    public static Optional<TimeToLive> ofSeconds(int ttl, int refresh) {
        return ttl <= 0 && refresh <= 0
                ? Optional.empty()
                : Optional.of(new TimeToLive(Duration.ofSeconds(ttl), Duration.ofSeconds(refresh)));
    }
}
