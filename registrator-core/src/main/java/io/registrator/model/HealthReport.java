package io.registrator.model;

/**
 * What the engine's HEALTHCHECK found last.
 *
 * @param output of its last run; empty before the first
 */
public record HealthReport(ContainerHealth health, String output) {
    /** Of a container without a HEALTHCHECK. */
    public static final HealthReport NONE = new HealthReport(ContainerHealth.NONE, "");

    /** As a registry's check says it; a container without a HEALTHCHECK is as healthy as it can be. */
    public CheckStatus status() {
        return switch (health) {
            case NONE, HEALTHY -> CheckStatus.PASSING;
            case STARTING -> CheckStatus.WARNING;
            case UNHEALTHY -> CheckStatus.CRITICAL;
        };
    }
}
