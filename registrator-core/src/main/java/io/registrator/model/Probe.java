package io.registrator.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.net.HostAndPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a health check does to find out how a service is. */
public sealed interface Probe {

    /** The word in {@code SERVICE_CHECK_*} and in check IDs. */
    String kind();

    /** Opens a connection. */
    record Tcp(HostAndPort target) implements Probe {
        @Override
        public String kind() {
            return "tcp";
        }
    }

    /**
     * Sends a request; 2xx passes, 429 warns, anything else is critical.
     *
     * @param url the whole URL, {@code http://} or {@code https://}
     * @param method empty for GET
     * @param body empty for none
     * @param tlsServerName empty for the host of the URL
     */
    record Http(
            String url,
            String method,
            ImmutableListMultimap<String, String> header,
            String body,
            boolean tlsSkipVerify,
            String tlsServerName)
            implements Probe {
        @Override
        public String kind() {
            return "http";
        }
    }

    /** Speaks the standard gRPC health protocol. The target is {@code host:port} or {@code host:port/service}. */
    record Grpc(String target, boolean useTls, boolean tlsSkipVerify, String tlsServerName) implements Probe {
        @Override
        public String kind() {
            return "grpc";
        }
    }

    /**
     * Waits for somebody to say that the service is well; critical when nobody has for {@code ttl}.
     *
     * @param heartbeat how often the daemon says so; null where the application does it itself
     */
    record Ttl(Duration ttl, @Nullable Duration heartbeat) implements Probe {
        @Override
        public String kind() {
            return "ttl";
        }
    }

    /**
     * Shows what the engine's HEALTHCHECK says of the container; critical when the daemon has not said it for {@code ttl}.
     *
     * @param heartbeat how often the daemon says it, apart from when it changes
     */
    record EngineHealth(Duration ttl, Duration heartbeat) implements Probe {
        @Override
        public String kind() {
            return "health";
        }
    }

    /**
     * Shows how another service is, in whose place no check of its own runs: passing when all of that service's checks pass,
     * else the worst of them.
     */
    record Alias(ServiceId service) implements Probe {
        @Override
        public String kind() {
            return "alias";
        }
    }

    /**
     * Runs a command on the registry agent's host, or in a container when {@code dockerContainerId} is given.
     *
     * @param dockerContainerId null for a command on the agent's host
     */
    record Script(ImmutableList<String> args, @Nullable String dockerContainerId) implements Probe {
        @Override
        public String kind() {
            return dockerContainerId == null ? "script" : "docker";
        }
    }
}
