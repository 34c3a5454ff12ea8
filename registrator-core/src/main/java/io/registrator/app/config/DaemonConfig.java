package io.registrator.app.config;

import io.registrator.derive.Heartbeat;
import io.registrator.derive.LifecycleDefaults;
import io.registrator.derive.ServiceRules;
import io.registrator.plan.DeregisterPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of the daemon depends on.
 *
 * @param nodeId null for the engine host's name
 * @param services how containers become services
 * @param lifecycles when services enter discovery and leave it
 * @param heartbeat null for services that stay however long we are away
 * @param deregister when the services of a container that stopped are deregistered
 * @param startup how long to wait for the peers at start-up
 * @param resync time between two full passes; zero for none
 * @param admin where to answer questions about ourselves; null for nowhere
 * @param supervision whom to tell that we live
 */
public record DaemonConfig(
        EngineAddress engine,
        RegistryAddress registry,
        ConsulAccess consul,
        @Nullable String nodeId,
        ServiceRules services,
        LifecycleDefaults lifecycles,
        @Nullable Heartbeat heartbeat,
        Startup startup,
        Duration resync,
        DeregisterPolicy deregister,
        boolean cleanup,
        boolean deregisterOnExit,
        @Nullable AdminAddress admin,
        SupervisionSettings supervision) {

    private static final Duration LONGEST_RESYNC = Duration.ofDays(1);

    public DaemonConfig {
        if (resync.isNegative() || resync.compareTo(LONGEST_RESYNC) > 0) {
            throw new ConfigException("Cannot use -resync " + resync.toSeconds() + ": write seconds from 0 to 86400");
        }
        if (nodeId != null && !nodeId.matches("[A-Za-z0-9._-]+")) {
            throw new ConfigException(
                    "Cannot use -node-id '" + nodeId + "': write letters, digits, '.', '_' and '-' only");
        }
    }

    /**
     * Waiting for engine and registry at start-up.
     *
     * @param attempts how often to try; negative for ever
     * @param interval between two attempts
     */
    public record Startup(int attempts, Duration interval) {
        public Startup {
            if (!interval.isPositive()) {
                throw new ConfigException(
                        "Cannot use -retry-interval " + interval.toMillis() + ": write milliseconds above 0");
            }
        }
    }
}
