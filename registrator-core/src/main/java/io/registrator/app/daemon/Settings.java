package io.registrator.app.daemon;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.DaemonConfig;
import io.registrator.derive.DerivationSettings;
import io.registrator.engine.docker.EngineInfo;
import io.registrator.model.HostAddress;
import io.registrator.plan.PlanPolicy;
import io.registrator.reconcile.LoopSettings;
import java.time.Duration;

/** Turns what the user asked for into what the parts want to know. */
final class Settings {
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    /** A server without a leader takes more than 7 s to say so. */
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(10);
    /** Less than the unit's TimeoutStopSec. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(75);

    private static final String ANY_NODE = "node";
    private static final HostAddress ANY_ADDRESS = new HostAddress.Known("192.0.2.1", "");

    private Settings() {}

    static String nodeId(DaemonConfig config, EngineInfo engine) {
        String given = config.nodeId();
        return given == null ? engine.name() : given;
    }

    /**
     * What can be said before node and address are known. Finds out what cannot work before anybody is asked for anything.
     *
     * @throws ConfigException with what to write instead
     */
    static DerivationSettings preliminary(DaemonConfig config) {
        return derivation(config, ANY_NODE, ANY_ADDRESS);
    }

    /** For what is derived before the address is known, and does not depend on it. */
    static DerivationSettings anywhere(DerivationSettings settings) {
        return settings.withHostAddress(ANY_ADDRESS);
    }

    static DerivationSettings derivation(DaemonConfig config, String nodeId, HostAddress hostAddress) {
        try {
            return new DerivationSettings(
                    nodeId, hostAddress, config.services(), config.lifecycles(), config.heartbeat());
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("Cannot start: " + unusable.getMessage());
        }
    }

    static PlanPolicy policy(DaemonConfig config, String nodeId) {
        return new PlanPolicy(nodeId, config.deregister(), config.cleanup());
    }

    static LoopSettings loop(DaemonConfig config) {
        return config.deregisterOnExit()
                ? new LoopSettings(config.resync(), WITHOUT_PROGRESS, true, LONGEST_FAREWELL)
                : new LoopSettings(config.resync(), FAREWELL, false, FAREWELL);
    }
}
