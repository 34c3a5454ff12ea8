package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

import io.registrator.model.Drain;
import io.registrator.model.RegisterOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When services enter discovery and leave it, where their containers do not say it themselves.
 *
 * @param registerOn {@code -register-on}
 * @param listenTimeout {@code -listen-timeout}
 * @param drain {@code -drain}
 * @param drainTimeout {@code -drain-timeout}; null for each container's own grace period
 * @param mirrorHealth {@code -docker-health mirror}: containers with a HEALTHCHECK have it as a check too
 */
public record LifecycleDefaults(
        RegisterOn registerOn,
        Duration listenTimeout,
        Drain drain,
        @Nullable Duration drainTimeout,
        boolean mirrorHealth) {

    /** As without any flag. */
    public static final LifecycleDefaults STANDARD =
            new LifecycleDefaults(RegisterOn.LISTENING, Duration.ofSeconds(30), Drain.DEREGISTER, null, false);

    public LifecycleDefaults {
        checkArgument(!listenTimeout.isNegative(), "-listen-timeout cannot be below 0: write seconds");
        checkArgument(
                drainTimeout == null || drainTimeout.isPositive(), "-drain-timeout cannot be 0: write seconds above 0");
    }
}
