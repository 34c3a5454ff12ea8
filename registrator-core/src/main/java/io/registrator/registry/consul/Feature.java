package io.registrator.registry.consul;

import io.registrator.model.CheckDefinition;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import java.util.EnumSet;
import java.util.Set;

/**
 * The fields that not every agent knows, and the first version that does. An agent rejects a whole registration for one
 * unknown field. Source: Consul's CHANGELOG; older fields than 1.7's are taken for granted.
 */
enum Feature {
    BODY("Body", 1, 7),
    SUCCESS_BEFORE_PASSING("SuccessBeforePassing", 1, 7),
    FAILURES_BEFORE_CRITICAL("FailuresBeforeCritical", 1, 7),
    TLS_SERVER_NAME("TLSServerName", 1, 10),
    FAILURES_BEFORE_WARNING("FailuresBeforeWarning", 1, 11);

    private final String field;
    private final int major;
    private final int minor;

    Feature(String field, int major, int minor) {
        this.field = field;
        this.major = major;
        this.minor = minor;
    }

    String field() {
        return field;
    }

    AgentVersion since() {
        return new AgentVersion(major, minor, 0);
    }

    /** Those that the service makes use of. */
    static Set<Feature> usedBy(ServiceDefinition service) {
        Set<Feature> used = EnumSet.noneOf(Feature.class);
        for (CheckDefinition check : service.checks()) {
            for (Feature feature : values()) {
                if (feature.isUsedBy(check)) {
                    used.add(feature);
                }
            }
        }
        return used;
    }

    private boolean isUsedBy(CheckDefinition check) {
        return switch (this) {
            case BODY ->
                check.probe() instanceof Probe.Http http && !http.body().isEmpty();
            case SUCCESS_BEFORE_PASSING -> check.successBeforePassing() > 0;
            case FAILURES_BEFORE_CRITICAL -> check.failuresBeforeCritical() > 0;
            case TLS_SERVER_NAME -> !tlsServerName(check.probe()).isEmpty();
            case FAILURES_BEFORE_WARNING -> check.failuresBeforeWarning() > 0;
        };
    }

    private static String tlsServerName(Probe probe) {
        return switch (probe) {
            case Probe.Http http -> http.tlsServerName();
            case Probe.Grpc grpc -> grpc.tlsServerName();
            case Probe.Tcp ignored -> "";
            case Probe.Ttl ignored -> "";
            case Probe.EngineHealth ignored -> "";
            case Probe.Alias ignored -> "";
            case Probe.Script ignored -> "";
        };
    }
}
