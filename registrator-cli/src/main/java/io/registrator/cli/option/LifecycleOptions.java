package io.registrator.cli.option;

import io.registrator.derive.LifecycleDefaults;
import io.registrator.model.Drain;
import io.registrator.model.RegisterOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When services enter discovery and leave it. */
final class LifecycleOptions {
    private RegisterOn registerOn = RegisterOn.LISTENING;
    private int listenTimeout = 30;
    private Drain drain = Drain.DEREGISTER;
    private @Nullable Integer drainTimeout;
    private DockerHealth dockerHealth = DockerHealth.OFF;

    OptionSection section() {
        return OptionSection.of(
                "Discovery",
                DaemonOption.choice(
                        "-register-on",
                        "--register-on",
                        "start|listening|healthy",
                        "Register a service when its container starts, when its port accepts connections, or when its"
                                + " HEALTHCHECK says healthy (without one: listening). Default: listening.",
                        RegisterOn.class,
                        value -> registerOn = value),
                DaemonOption.number(
                        "-listen-timeout",
                        "--listen-timeout",
                        "SECONDS",
                        "Register a service that does not listen by then all the same, as critical. Default: 30.",
                        value -> listenTimeout = value),
                DaemonOption.choice(
                        "-drain",
                        "--drain",
                        "deregister|maintenance|off",
                        "What happens to a service as soon as its container is asked to stop: deregistered, put into"
                                + " maintenance, or nothing until it has stopped. Default: deregister.",
                        Drain.class,
                        value -> drain = value),
                DaemonOption.number(
                        "-drain-timeout",
                        "--drain-timeout",
                        "SECONDS",
                        "A container that still runs so long after it was asked to stop gets its services back."
                                + " Default: its own stop timeout.",
                        value -> drainTimeout = value),
                DaemonOption.choice(
                        "-docker-health",
                        "--docker-health",
                        "mirror|off",
                        "Show a container's HEALTHCHECK as a check of its services. Default: off.",
                        DockerHealth.class,
                        value -> dockerHealth = value));
    }

    /** Whether a HEALTHCHECK becomes a check. */
    enum DockerHealth {
        MIRROR,
        OFF
    }

    LifecycleDefaults lifecycles() {
        return new LifecycleDefaults(
                registerOn,
                Duration.ofSeconds(listenTimeout),
                drain,
                drainTimeout == null ? null : Duration.ofSeconds(drainTimeout),
                dockerHealth == DockerHealth.MIRROR);
    }
}
