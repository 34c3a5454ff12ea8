package io.registrator.cli.command;

import io.registrator.config.Lifecycles;
import io.registrator.model.Drain;
import io.registrator.model.RegisterOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** When services enter discovery and leave it. */
final class LifecycleOptions {
    @Option(
            scope = ScopeType.INHERIT,
            names = {"-register-on", "--register-on"},
            paramLabel = "start|listening|healthy",
            description = "Register a service when its container starts, when its port accepts connections, or when its"
                    + " HEALTHCHECK says healthy (without one: listening). Default: listening.")
    RegisterOn registerOn = RegisterOn.LISTENING;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-listen-timeout", "--listen-timeout"},
            paramLabel = "SECONDS",
            description = "Register a service that does not listen by then all the same, as critical. Default: 30.")
    int listenTimeout = 30;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-drain", "--drain"},
            paramLabel = "deregister|maintenance|off",
            description = "What happens to a service as soon as its container is asked to stop: deregistered, put into"
                    + " maintenance, or nothing until it has stopped. Default: deregister.")
    Drain drain = Drain.DEREGISTER;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-drain-timeout", "--drain-timeout"},
            paramLabel = "SECONDS",
            description = "A container that still runs so long after it was asked to stop gets its services back."
                    + " Default: its own stop timeout.")
    @Nullable
    Integer drainTimeout;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-docker-health", "--docker-health"},
            paramLabel = "mirror|off",
            description = "Show a container's HEALTHCHECK as a check of its services. Default: off.")
    DockerHealth dockerHealth = DockerHealth.OFF;

    /** Whether a HEALTHCHECK becomes a check. */
    enum DockerHealth {
        MIRROR,
        OFF
    }

    Lifecycles lifecycles() {
        return new Lifecycles(
                registerOn,
                Duration.ofSeconds(listenTimeout),
                drain,
                drainTimeout == null ? null : Duration.ofSeconds(drainTimeout),
                dockerHealth == DockerHealth.MIRROR);
    }
}
