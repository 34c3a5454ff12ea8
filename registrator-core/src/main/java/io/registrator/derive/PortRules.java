package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.LeftOut.Reason;
import java.util.Optional;

/** Decides for each candidate port of one container whether it is a service, in the order in which the reasons count. */
final class PortRules {
    private final DerivationSettings settings;
    private final ExposureRule exposure;
    private final EndpointRule endpoint;
    private final ServiceRule service;

    PortRules(DerivationSettings settings, TagTemplates templates, NetworkStack.Held stack) {
        this.settings = settings;
        this.exposure = new ExposureRule(settings, stack);
        this.endpoint = new EndpointRule(settings, stack);
        this.service = new ServiceRule(settings, templates, stack);
    }

    ImmutableList<PortOutcome> outcomes(ImmutableList<Candidate> candidates) {
        ImmutableList<Exposed> exposed = candidates.stream()
                .map(candidate -> new Exposed(candidate, exposure.exposure(candidate)))
                .collect(toImmutableList());
        boolean grouped = exposed.stream().filter(Exposed::isReachable).count() > 1;
        return exposed.stream().map(port -> outcome(port, grouped)).collect(toImmutableList());
    }

    private PortOutcome outcome(Exposed port, boolean grouped) {
        return unwanted(port.candidate())
                .or(() -> unreachable(port))
                .or(() -> unnamed(port.candidate()))
                .orElseGet(() -> located(port, grouped));
    }

    private static Optional<PortOutcome> unwanted(Candidate candidate) {
        return candidate
                .given("ignore")
                .filter(ignore -> !YesNo.isNo(ignore.value()))
                .map(ignore -> leftOut(candidate, Reason.IGNORED, "ignored by " + ignore.because()));
    }

    private Optional<PortOutcome> unreachable(Exposed port) {
        if (port.isReachable()) {
            return Optional.empty();
        }
        Candidate candidate = port.candidate();
        String text = "not published on the host; publish it, or set " + candidate.key(settings.prefix(), "internal")
                + "=true for the container's own address";
        return Optional.of(leftOutUnlessInvalid(candidate, Reason.NOT_PUBLISHED, text));
    }

    private Optional<PortOutcome> unnamed(Candidate candidate) {
        return settings.explicit() && candidate.given("name").isEmpty()
                ? Optional.of(leftOut(
                        candidate,
                        Reason.NO_NAME,
                        "-explicit, and no name; set " + candidate.key(settings.prefix(), "name")))
                : Optional.empty();
    }

    private PortOutcome located(Exposed port, boolean grouped) {
        Candidate candidate = port.candidate();
        return endpoint.endpoint(candidate, port.exposure())
                .map(found -> registered(candidate, found, grouped))
                .orElseGet(() -> leftOutUnlessInvalid(candidate, Reason.NO_ADDRESS, noAddress(candidate)));
    }

    private PortOutcome registered(Candidate candidate, Endpoint found, boolean grouped) {
        Optional<DerivedService> derived = service.service(candidate, found, grouped);
        return derived.isPresent() ? derived.get() : invalid(candidate);
    }

    private String noAddress(Candidate candidate) {
        return candidate
                .given("network")
                .map(network ->
                        "no address on network " + Text.shown(network.value().strip()) + " (" + network.because() + ")")
                .orElseGet(() -> settings.network() == null
                        ? "no address on any network"
                        : "no address on network " + settings.network() + " (-network)");
    }

    private static PortOutcome leftOutUnlessInvalid(Candidate candidate, Reason reason, String text) {
        return candidate.problems().hasErrors() ? invalid(candidate) : leftOut(candidate, reason, text);
    }

    /** For a port that has an error among its problems. */
    static PortOutcome invalid(Candidate candidate) {
        String keys = candidate.problems().all().stream()
                .filter(Problem::isError)
                .map(Problem::key)
                .distinct()
                .collect(joining(", "));
        return leftOut(candidate, Reason.INVALID, "invalid: " + keys);
    }

    private static LeftOut leftOut(Candidate candidate, Reason reason, String text) {
        return new LeftOut(candidate.port(), reason, text);
    }

    /** A candidate port, and how it is reached. */
    private record Exposed(Candidate candidate, Exposure exposure) {
        private boolean isReachable() {
            return exposure.isReachable();
        }
    }
}
