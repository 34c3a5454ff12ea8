package io.registrator.ops.explain;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.ops.explain.Headline.Verdict;
import java.util.stream.Stream;

/** Finds, of all that can be said about a container, the words to begin with. */
final class Headlines {
    private static final Joiner COMMAS = Joiner.on(", ");

    private final ContainerSnapshot container;
    private final ImmutableList<PortExplanation> ports;
    private final ImmutableList<Cause> causes;

    private Headlines(ContainerSnapshot container, ImmutableList<PortExplanation> ports, ImmutableList<Cause> causes) {
        this.container = container;
        // Another binding of a port that is registered is none that anybody misses.
        this.ports = ports.stream()
                .filter(port -> !(port instanceof PortExplanation.NoService(LeftOut left)
                        && left.reason() == LeftOut.Reason.OTHER_BINDING))
                .collect(toImmutableList());
        this.causes = causes;
    }

    static Headline of(
            ContainerSnapshot container, ImmutableList<PortExplanation> ports, ImmutableList<Problem> problems) {
        ImmutableList<Cause> causes = new Causes(container, problems)
                .of(ports)
                .sorted(Cause.WORST_FIRST)
                .collect(toImmutableList());
        return new Headlines(container, ports, causes).headline();
    }

    /** @param services that the container keeps, though it has stopped */
    static Headline kept(ContainerSnapshot container, ImmutableList<ServiceId> services) {
        return new Headline(
                Verdict.REGISTERED,
                container.ref() + " does not run, and -deregister keeps it registered: " + COMMAS.join(services),
                "registrator purge removes all that this node has registered");
    }

    private Headline headline() {
        return causes.isEmpty() ? well() : said(first());
    }

    /** What is left out on purpose beside a port that gives a service is not what anybody asks about first. */
    private Cause first() {
        return causes.stream()
                .filter(cause -> cause.rank() != Cause.Rank.LEFT_OUT || !givesService())
                .findFirst()
                .orElse(causes.getFirst());
    }

    private Headline well() {
        return new Headline(Verdict.REGISTERED, container.ref() + " is registered as " + services(), "");
    }

    private Headline said(Cause cause) {
        if (cause.rank() == Cause.Rank.UNKNOWN) {
            return new Headline(
                    Verdict.DOUBTFUL, container.ref() + " gives " + services() + "; " + cause.what(), cause.advice());
        }
        return cause.rank().keepsOut() ? notRegistered(cause) : doubtful(cause);
    }

    private Headline notRegistered(Cause cause) {
        if (registered() > 0) {
            Verdict verdict = cause.rank() == Cause.Rank.LEFT_OUT ? Verdict.REGISTERED : Verdict.NOT_REGISTERED;
            String what = container.ref() + " is registered with " + registered() + " of " + ports.size() + " ports; "
                    + port(cause) + " is not: " + cause.what();
            return new Headline(verdict, what, cause.advice());
        }
        String subject = isOfAllPorts(cause) ? "" : " (" + port(cause) + ")";
        return new Headline(
                Verdict.NOT_REGISTERED,
                container.ref() + subject + " is not registered: " + cause.what(),
                cause.advice());
    }

    private Headline doubtful(Cause cause) {
        return new Headline(
                Verdict.DOUBTFUL,
                registered() == 0
                        ? container.ref() + " is not registered: " + cause.what()
                        : container.ref() + " is registered as " + services() + ", but " + cause.what(),
                cause.advice());
    }

    private boolean isOfAllPorts(Cause cause) {
        return cause.port() == null
                || ports.size() == 1
                || causes.stream()
                                .filter(each -> each.what().equals(cause.what()))
                                .count()
                        == ports.size();
    }

    private static String port(Cause cause) {
        return cause.port() == null ? "the service without a port" : "port " + cause.port();
    }

    private boolean givesService() {
        return ports.stream().anyMatch(PortExplanation.Service.class::isInstance);
    }

    private long registered() {
        return registeredServices().count();
    }

    private Stream<PortExplanation.Service> registeredServices() {
        return ports.stream()
                .filter(PortExplanation.Service.class::isInstance)
                .map(PortExplanation.Service.class::cast)
                .filter(service -> isThere(service.state()));
    }

    private static boolean isThere(RegistryState state) {
        return switch (state) {
            case RegistryState.InSync same -> true;
            case RegistryState.Differs differs -> true;
            case RegistryState.Unknown unknown -> true;
            case RegistryState.Missing missing -> false;
            case RegistryState.OtherNode other -> false;
            case RegistryState.Taken taken -> false;
            case RegistryState.ClaimedTwice claimed -> false;
            case RegistryState.Refused refused -> false;
        };
    }

    private String services() {
        ImmutableList<String> texts = registeredServices()
                .map(service -> text(service.derived().definition()))
                .collect(toImmutableList());
        return texts.size() <= 2
                ? String.join(" and ", texts)
                : texts.getFirst() + " and " + (texts.size() - 1) + " more";
    }

    private static String text(ServiceDefinition service) {
        return service.name() + " at " + service.target();
    }
}
