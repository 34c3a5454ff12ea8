package io.registrator.model;

import java.util.Optional;

/**
 * What we know of a service ourselves at one moment, apart from what its checks find.
 *
 * @param answers whether its port accepted a connection of ours
 * @param health what the engine says of its container
 */
public record Condition(boolean answers, HealthReport health) {
    /** Nothing is known. */
    public static final Condition UNKNOWN = new Condition(false, HealthReport.NONE);

    /**
     * What a check that is new begins with; empty for what the registry begins with. What the definition asks for counts
     * first, and a check that waits for the application begins as if we knew nothing.
     */
    public Optional<CheckStatus> first(CheckDefinition check) {
        return Optional.ofNullable(check.initialStatus()).or(() -> switch (check.probe()) {
            case Probe.EngineHealth mirrored -> Optional.of(health.status());
            case Probe.Ttl ttl when ttl.heartbeat() == null -> Optional.empty();
            case Probe.Ttl ttl -> Optional.of(CheckStatus.PASSING);
            case Probe.Tcp tcp -> ifAnswering();
            case Probe.Http http -> ifAnswering();
            case Probe.Grpc grpc -> ifAnswering();
            case Probe.Alias alias -> ifAnswering();
            case Probe.Script script -> ifAnswering();
        });
    }

    private Optional<CheckStatus> ifAnswering() {
        return answers ? Optional.of(CheckStatus.PASSING) : Optional.empty();
    }
}
