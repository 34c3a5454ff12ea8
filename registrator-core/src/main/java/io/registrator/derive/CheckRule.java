package io.registrator.derive;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.registrator.model.CheckDefinition;
import io.registrator.model.ContainerHealth;
import io.registrator.model.Probe;
import io.registrator.model.Protocol;
import java.time.Duration;
import java.util.Optional;

/** Gives a service its checks: those that are asked for, else a TCP check for a TCP port. */
final class CheckRule {
    /** The name of the check that goes critical when the daemon is gone. */
    private static final String OF_DAEMON = "registrator";

    /** How long a mirrored HEALTHCHECK holds without the daemon. */
    private static final Duration HEALTH_TTL = Duration.ofSeconds(30);

    private final DerivationSettings settings;

    CheckRule(DerivationSettings settings) {
        this.settings = settings;
    }

    /** The checks in their order, each with its reason. */
    ImmutableMap<CheckDefinition, String> checks(Candidate candidate, Endpoint endpoint) {
        ImmutableList<CheckRequest> requests = new CheckRequests(candidate).all();
        ProbeRule probes = new ProbeRule(candidate, endpoint, settings.rules().allowScriptChecks());
        ImmutableMap.Builder<CheckDefinition, String> checks = ImmutableMap.builder();
        for (CheckRequest request : requests) {
            probes.probe(request)
                    .map(probe -> check(request, probe))
                    .ifPresent(check -> checks.put(check, request.asked().because()));
        }
        if (requests.isEmpty() && getsDefault(candidate)) {
            Probe probe = new Probe.Tcp(endpoint.target());
            checks.put(new CheckTimings(CheckRequests.plainOptions(candidate)).byDefault(probe), "the default check");
        }
        Heartbeat heartbeat = settings.heartbeat();
        if (heartbeat != null) {
            Probe probe = new Probe.Ttl(heartbeat.ttl(), heartbeat.refresh());
            checks.put(CheckTimings.plain(OF_DAEMON, probe), "-ttl");
        }
        if (mirrorsHealth(candidate)) {
            Probe probe = heartbeat == null
                    ? new Probe.EngineHealth(HEALTH_TTL, Heartbeat.within(HEALTH_TTL))
                    : new Probe.EngineHealth(heartbeat.ttl(), heartbeat.refresh());
            checks.put(CheckTimings.plain(probe.kind(), probe), "the container's HEALTHCHECK");
        }
        return checks.buildOrThrow();
    }

    private boolean mirrorsHealth(Candidate candidate) {
        boolean wanted = candidate
                .given("docker_health")
                .flatMap(given -> mirrorOrOff(candidate, given))
                .orElse(settings.lifecycle().mirrorHealth());
        return wanted && candidate.container().health().health() != ContainerHealth.NONE;
    }

    private static Optional<Boolean> mirrorOrOff(Candidate candidate, Attribute given) {
        return switch (Ascii.toLowerCase(given.value().strip())) {
            case "mirror" -> Optional.of(true);
            case "off" -> Optional.of(false);
            default -> candidate.reader().wrong(given, "mirror or off", "write one of the two");
        };
    }

    private static CheckDefinition check(CheckRequest request, Probe probe) {
        return new CheckTimings(request.options()).of(request.name(probe.kind()), probe);
    }

    private boolean getsDefault(Candidate candidate) {
        return settings.rules().defaultTcpCheck() && candidate.is(Protocol.TCP) && !isDeclined(candidate);
    }

    private static boolean isDeclined(Candidate candidate) {
        return Optional.ofNullable(candidate.attributes().byName().get("check_tcp"))
                .filter(tcp -> YesNo.isNo(tcp.value()))
                .isPresent();
    }
}
