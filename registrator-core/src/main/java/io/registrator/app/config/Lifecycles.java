package io.registrator.app.config;

import io.registrator.model.Drain;
import io.registrator.model.RegisterOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about when services enter discovery and leave it.
 *
 * @param listenTimeout after which a service that does not listen is registered as critical
 * @param drainTimeout how long services stay out when their container does not stop; null for its own grace period
 * @param mirrorHealth whether a container's HEALTHCHECK becomes a check
 */
public record Lifecycles(
        RegisterOn registerOn,
        Duration listenTimeout,
        Drain drain,
        @Nullable Duration drainTimeout,
        boolean mirrorHealth) {

    public Lifecycles {
        if (listenTimeout.isNegative()) {
            throw new ConfigException(
                    "Cannot use -listen-timeout " + listenTimeout.toSeconds() + ": write seconds, 0 or more");
        }
        if (drainTimeout != null && !drainTimeout.isPositive()) {
            throw new ConfigException(
                    "Cannot use -drain-timeout " + drainTimeout.toSeconds() + ": write seconds above 0");
        }
    }
}
