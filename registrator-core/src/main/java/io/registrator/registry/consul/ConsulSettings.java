package io.registrator.registry.consul;

import static com.google.common.base.Preconditions.checkArgument;

import io.registrator.model.Secret;
import io.registrator.net.http.HttpEndpoint;
import io.registrator.net.http.TlsSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the Consul agent.
 *
 * @param token asked before each request, so that a token file can be read again
 * @param deadline for one request; a server without a leader takes 7 s to say so
 * @param connections requests at a time; the agent's cost of a write grows with its services, so a few are best
 * @param login {@code USER:PASSWORD} for what stands before the agent and asks for them; null for none
 */
public record ConsulSettings(
        HttpEndpoint endpoint,
        TlsSettings tls,
        TokenSource token,
        Tenancy tenancy,
        Duration deadline,
        int connections,
        @Nullable Secret login) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(15);
    public static final int DEFAULT_CONNECTIONS = 8;

    public ConsulSettings {
        checkArgument(deadline.isPositive(), "the deadline of a request to Consul is positive: %s", deadline);
        checkArgument(connections > 0, "at least one connection to Consul: %s", connections);
    }

    /** Without a user and password. */
    public ConsulSettings(
            HttpEndpoint endpoint,
            TlsSettings tls,
            TokenSource token,
            Tenancy tenancy,
            Duration deadline,
            int connections) {
        this(endpoint, tls, token, tenancy, deadline, connections, null);
    }

    /** With everything at its default. */
    public static ConsulSettings of(HttpEndpoint endpoint) {
        return new ConsulSettings(
                endpoint, TlsSettings.DEFAULT, () -> "", Tenancy.NONE, DEFAULT_DEADLINE, DEFAULT_CONNECTIONS);
    }
}
