package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a service enters discovery and when it leaves.
 *
 * @param probes where a connection shows that the service listens, the most telling first: the container's own address,
 *     then the service's, where a proxy may accept before the service does; empty where no connection can tell
 * @param listenTimeout after which a service that does not listen is registered as critical
 * @param drainTimeout how long it stays out when its container does not stop; null for the container's own grace period
 */
public record Lifecycle(
        RegisterOn registerOn,
        ImmutableList<HostAndPort> probes,
        Duration listenTimeout,
        Drain drain,
        @Nullable Duration drainTimeout) {

    public Lifecycle {
        checkArgument(!listenTimeout.isNegative(), "a timeout is not negative: %s", listenTimeout);
    }

    /** How long the service stays out of discovery when a container that is asked to stop goes on running. */
    public Duration drainFor(StopPolicy container) {
        return drainTimeout == null ? container.grace() : drainTimeout;
    }
}
