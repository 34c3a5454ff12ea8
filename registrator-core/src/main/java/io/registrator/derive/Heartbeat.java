package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code -ttl} and {@code -ttl-refresh}: every service is critical when the daemon has not said for {@code ttl} that it is
 * well, which it does every {@code refresh}.
 */
public record Heartbeat(Duration ttl, Duration refresh) {
    /** Two beats may be lost. */
    private static final int BEATS = 3;

    private static final String EXAMPLE = "write something like -ttl 30 -ttl-refresh 10";

    public Heartbeat {
        checkArgument(
                ttl.isPositive() && refresh.isPositive(),
                "-ttl and -ttl-refresh go together, each above 0: %s",
                EXAMPLE);
        checkArgument(refresh.compareTo(ttl) < 0, "-ttl-refresh must be below -ttl: %s", EXAMPLE);
    }

    /** From the two in seconds; empty when neither is above 0. */
    public static Optional<Heartbeat> ofSeconds(int ttl, int refresh) {
        return ttl <= 0 && refresh <= 0
                ? Optional.empty()
                : Optional.of(new Heartbeat(Duration.ofSeconds(ttl), Duration.ofSeconds(refresh)));
    }

    /** How often to say that a check passes that waits for {@code ttl}. */
    static Duration within(Duration ttl) {
        return ttl.dividedBy(BEATS);
    }
}
