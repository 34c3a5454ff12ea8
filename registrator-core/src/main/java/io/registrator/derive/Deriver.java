package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.registrator.derive.template.FunctionException;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.HostAddress;
import io.registrator.model.InspectDocument;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Derives services from containers: a pure function of the settings and of what the engine shows. Any thread may use it.
 */
public final class Deriver {
    private final DerivationSettings settings;
    private final ContainerFilters filters;
    private final TagTemplates templates;

    /** Templates get from the web what snapshots carry of it. */
    public Deriver(DerivationSettings settings) {
        this(settings, Deriver::carried);
    }

    /** @param web answers templates that ask the web for something */
    public Deriver(DerivationSettings settings, WebTexts web) {
        this(
                settings,
                new ContainerFilters(settings.rules().filters()),
                new TagTemplates(settings.rules().tags(), web));
    }

    private Deriver(DerivationSettings settings, ContainerFilters filters, TagTemplates templates) {
        this.settings = settings;
        this.filters = filters;
        this.templates = templates;
    }

    /** The same with what is now known of the host's address. */
    public Deriver at(HostAddress hostAddress) {
        return new Deriver(settings.withHostAddress(hostAddress), filters, templates);
    }

    /**
     * What becomes of a container. Never throws for what a container is: what is wrong with one port is a problem of that
     * port alone.
     *
     * @param containers finds another container by ID or name, for {@code network_mode: container:X}
     */
    public ContainerDerivation derive(
            ContainerSnapshot container, Function<String, Optional<ContainerSnapshot>> containers) {
        NetworkStack stack = NetworkStack.of(container, containers);
        Metadata metadata = Metadata.of(container, settings.rules().prefix());
        Problems problems = new Problems(container.ref(), null);
        ImmutableList<Candidate> candidates = new CandidatePorts(container, metadata, problems).in(stack);
        if (!container.state().isRunning()) {
            String state = container.state().name().toLowerCase(Locale.ROOT);
            return leftOut(
                    container, candidates, LeftOut.Reason.NOT_RUNNING, "the container is " + state + ", not running");
        }
        Optional<String> refusal = filters.refusal(container);
        if (refusal.isPresent()) {
            return leftOut(container, candidates, LeftOut.Reason.FILTERED, refusal.get());
        }
        ImmutableList<PortOutcome> outcomes =
                candidates.isEmpty() ? ImmutableList.of(noPort(stack, problems)) : outcomes(candidates, stack);
        warn(metadata, candidates, problems);
        return ContainerDerivation.of(container.ref(), outcomes, all(problems, candidates));
    }

    private ImmutableList<PortOutcome> outcomes(ImmutableList<Candidate> candidates, NetworkStack stack) {
        return switch (stack) {
            case NetworkStack.Held held -> new PortRules(settings, templates, held).outcomes(candidates);
            case NetworkStack.Missing missing ->
                candidates.stream()
                        .map(candidate -> stackMissing(candidate, missing.reference()))
                        .collect(toImmutableList());
        };
    }

    private static PortOutcome stackMissing(Candidate candidate, String reference) {
        candidate
                .problems()
                .error(
                        "network_mode",
                        "container:" + reference
                                + " names a container that is not there; start it, then this one again");
        return PortRules.invalid(candidate);
    }

    private static String carried(ContainerSnapshot container, String url) {
        InspectDocument document = container.document();
        String text = document == null ? null : document.fetched().get(url);
        if (text == null) {
            throw new FunctionException("nothing is fetched from the web unless -allow-template-http is given");
        }
        return text;
    }

    /** All of its ports, for a reason that has to do with none of them. */
    private static ContainerDerivation leftOut(
            ContainerSnapshot container, ImmutableList<Candidate> candidates, LeftOut.Reason reason, String text) {
        Stream<LeftOut> leftOut = candidates.isEmpty()
                ? Stream.of(new LeftOut(null, reason, text))
                : candidates.stream().map(candidate -> new LeftOut(candidate.port(), reason, text));
        return ContainerDerivation.of(container.ref(), leftOut.collect(toImmutableList()), ImmutableList.of());
    }

    private LeftOut noPort(NetworkStack stack, Problems problems) {
        String declare = settings.rules().prefix() + "PORT";
        if (problems.hasErrors()) {
            return new LeftOut(null, LeftOut.Reason.INVALID, "invalid: " + declare);
        }
        String text = stack instanceof NetworkStack.Held held && held.isHost()
                ? "the container is on the host's network and exposes no port; EXPOSE one, or name it with "
                        + settings.rules().prefix() + "<port>_NAME"
                : "the container exposes no port; EXPOSE one, or set " + declare;
        return new LeftOut(null, LeftOut.Reason.NO_PORT, text);
    }

    private void warn(Metadata metadata, ImmutableList<Candidate> candidates, Problems problems) {
        new MetadataLint(metadata, settings.rules().prefix(), problems)
                .warn(candidates.stream()
                        .map(Candidate::port)
                        .filter(Objects::nonNull)
                        .collect(toImmutableSet()));
    }

    private static ImmutableList<Problem> all(Problems ofContainer, ImmutableList<Candidate> candidates) {
        return Streams.concat(
                        ofContainer.all().stream(),
                        candidates.stream().flatMap(candidate -> candidate.problems().all().stream()))
                .collect(toImmutableList());
    }
}
