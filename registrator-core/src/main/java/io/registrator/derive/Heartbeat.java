package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * {@code -ttl} and {@code -ttl-refresh}: every service is critical when the daemon has not said for {@code ttl} that it is
 * well, which it does every {@code refresh}.
 */
public record Heartbeat(Duration ttl, Duration refresh) {
    /** Two beats may be lost. */
    private static final int BEATS = 3;

    public Heartbeat {
        checkArgument(refresh.isPositive() && refresh.compareTo(ttl) < 0, "%s is not below %s", refresh, ttl);
    }

    /** How often to say that a check passes that waits for {@code ttl}. */
    static Duration within(Duration ttl) {
        return ttl.dividedBy(BEATS);
    }
}
