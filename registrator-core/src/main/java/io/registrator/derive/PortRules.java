package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import io.registrator.derive.LeftOut.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides for each candidate port of one container whether it is a service, in the order in which the reasons count. */
final class PortRules {
    private final DerivationSettings settings;
    private final ExposureRule exposure;
    private final EndpointRule endpoint;
    private final ServiceRule service;
    private final AliasRule aliases;

    PortRules(DerivationSettings settings, TagTemplates templates, NetworkStack.Held stack) {
        this.settings = settings;
        this.exposure = new ExposureRule(settings, stack);
        this.endpoint = new EndpointRule(settings, stack);
        this.service = new ServiceRule(settings, templates, stack);
        this.aliases = new AliasRule(settings);
    }

    ImmutableList<PortOutcome> outcomes(ImmutableList<Candidate> candidates) {
        ImmutableList<Exposed> exposed = candidates.stream()
                .map(candidate -> new Exposed(candidate, exposure.exposure(candidate)))
                .collect(toImmutableList());
        boolean grouped = exposed.stream().filter(Exposed::isReachable).count() > 1;
        return exposed.stream().flatMap(port -> outcomes(port, grouped)).collect(toImmutableList());
    }

    private Stream<PortOutcome> outcomes(Exposed port, boolean grouped) {
        return unwanted(port.candidate())
                .or(() -> unreachable(port))
                .or(() -> unnamed(port.candidate()))
                .map(Stream::of)
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
        String text = "not published on the host; publish it, or set "
                + candidate.key(settings.rules().prefix(), "internal") + "=true for the container's own address";
        return Optional.of(leftOutUnlessInvalid(candidate, Reason.NOT_PUBLISHED, text));
    }

    private Optional<PortOutcome> unnamed(Candidate candidate) {
        return settings.rules().explicit() && candidate.given("name").isEmpty()
                ? Optional.of(leftOut(
                        candidate,
                        Reason.NO_NAME,
                        "-explicit, and no name; set "
                                + candidate.key(settings.rules().prefix(), "name")))
                : Optional.empty();
    }

    private Stream<PortOutcome> located(Exposed port, boolean grouped) {
        Candidate candidate = port.candidate();
        boolean all = registersAllBindings(candidate);
        Optional<Endpoint> found = endpoint.endpoint(candidate, port.exposure());
        if (found.isEmpty()) {
            return Stream.of(unlocated(port));
        }
        Optional<DerivedService> first = service.service(candidate, found.get(), grouped);
        return first.isEmpty() || candidate.problems().hasErrors()
                ? Stream.of(invalid(candidate))
                : Stream.concat(
                        withAliases(candidate, first.get(), grouped),
                        port.otherBindings().flatMap(other -> otherwise(candidate, first.get(), other, all, grouped)));
    }

    private PortOutcome unlocated(Exposed port) {
        return port.exposure().isAtHost() && !settings.knowsHostAddress()
                ? waitsForHostAddress(port.candidate())
                : leftOutUnlessInvalid(port.candidate(), Reason.NO_ADDRESS, noAddress(port));
    }

    private PortOutcome waitsForHostAddress(Candidate candidate) {
        return leftOutUnlessInvalid(
                candidate,
                Reason.NO_HOST_ADDRESS,
                "waits for the host's address, " + settings.hostAddress().text());
    }

    private boolean registersAllBindings(Candidate candidate) {
        return candidate
                .given("bindings")
                .flatMap(given -> switch (Ascii.toLowerCase(given.value().strip())) {
                    case "all" -> Optional.of(true);
                    case "first" -> Optional.of(false);
                    default -> candidate.reader().<Boolean>wrong(given, "first or all", "write one of the two");
                })
                .orElse(settings.rules().allBindings());
    }

    /** What becomes of another binding of a port that is registered with its first. */
    private Stream<PortOutcome> otherwise(
            Candidate candidate, DerivedService first, BindingChoice other, boolean all, boolean grouped) {
        if (!all) {
            return otherBinding(
                    candidate,
                    other,
                    "; " + candidate.key(settings.rules().prefix(), "bindings") + "=all registers it");
        }
        if (other.isLoopback()) {
            return otherBinding(candidate, other, ", where no other host reaches it");
        }
        Optional<Endpoint> found = endpoint.endpoint(candidate, other);
        if (!endpoint.answersOnHostAddress(other)) {
            return Stream.of(leftOut(candidate, Reason.OTHER_BINDING, "also " + otherFamily(candidate, other)));
        }
        if (found.isEmpty() && !settings.knowsHostAddress()) {
            return Stream.of(waitsForHostAddress(candidate));
        }
        if (found.isEmpty() || found.get().target().equals(first.definition().target())) {
            return otherBinding(candidate, other, ", which gives the same address and port");
        }
        return service.service(candidate, found.get(), grouped)
                .map(derived -> derived.under(
                        IdRule.ofBinding(derived.definition().id(), other), "the binding at " + other.text()))
                .map(derived -> withAliases(candidate, derived, grouped))
                .orElseGet(() -> Stream.of(invalid(candidate)));
    }

    private static Stream<PortOutcome> otherBinding(Candidate candidate, BindingChoice other, String why) {
        return Stream.of(leftOut(candidate, Reason.OTHER_BINDING, "also published at " + other.text() + why));
    }

    private Stream<PortOutcome> withAliases(Candidate candidate, DerivedService service, boolean grouped) {
        return Stream.concat(Stream.of(service), aliases.aliases(candidate, service, grouped));
    }

    private String noAddress(Exposed port) {
        Candidate candidate = port.candidate();
        if (port.exposure() instanceof Exposure.Published(var bestFirst)
                && !endpoint.answersOnHostAddress(bestFirst.getFirst())) {
            return otherFamily(candidate, bestFirst.getFirst());
        }
        return candidate
                .given("network")
                .map(network ->
                        "no address on network " + Text.shown(network.value().strip()) + " (" + network.because() + ")")
                .orElseGet(() -> settings.rules().network() == null
                        ? "no address on any network"
                        : "no address on network " + settings.rules().network() + " (-network)");
    }

    private String otherFamily(Candidate candidate, BindingChoice binding) {
        return "published on " + binding.text() + ", and the host's address " + settings.publishedAddress()
                + " is of the other family; publish it on that one too, or set "
                + candidate.key(settings.rules().prefix(), "ip");
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

        private Stream<BindingChoice> otherBindings() {
            return exposure instanceof Exposure.Published(var bestFirst)
                    ? bestFirst.stream().skip(1)
                    : Stream.empty();
        }
    }
}
