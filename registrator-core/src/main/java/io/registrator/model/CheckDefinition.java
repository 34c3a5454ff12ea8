package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One health check of a service.
 *
 * @param name tells it apart from the other checks of its service: the probe's kind, with the number of a numbered check
 * @param interval time between two probes; ignored for {@link Probe.Ttl} and {@link Probe.Alias}
 * @param timeout null for the agent's default (10 s)
 * @param initialStatus null for the agent's default (critical until the first probe)
 * @param deregisterAfter null for never
 * @param successBeforePassing 0 for the agent's default
 * @param failuresBeforeWarning 0 for the agent's default
 * @param failuresBeforeCritical 0 for the agent's default
 */
public record CheckDefinition(
        String name,
        Probe probe,
        Duration interval,
        @Nullable Duration timeout,
        @Nullable CheckStatus initialStatus,
        @Nullable Duration deregisterAfter,
        int successBeforePassing,
        int failuresBeforeWarning,
        int failuresBeforeCritical) {

    public CheckDefinition {
        checkArgument(interval.isPositive(), "a check's interval is positive: %s", interval);
    }

    /** How often the daemon has to say how this check is; empty for a check that does without. */
    public Optional<Duration> heartbeat() {
        return switch (probe) {
            case Probe.Ttl ttl -> Optional.ofNullable(ttl.heartbeat());
            case Probe.EngineHealth mirrored -> Optional.of(mirrored.heartbeat());
            case Probe.Tcp tcp -> Optional.empty();
            case Probe.Http http -> Optional.empty();
            case Probe.Grpc grpc -> Optional.empty();
            case Probe.Alias alias -> Optional.empty();
            case Probe.Script script -> Optional.empty();
        };
    }
}
