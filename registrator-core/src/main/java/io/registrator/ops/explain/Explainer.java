package io.registrator.ops.explain;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.derive.IdClaim;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.FormerNodes;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains one container: what is derived, what the planner decides about it, and what is known besides. Pure. */
public final class Explainer {
    private static final Comparator<PortExplanation> BY_PORT = Comparator.comparing(
            explained -> Optional.ofNullable(explained.port()),
            Comparators.emptiesFirst(Comparator.<ContainerPort>naturalOrder()));

    private final Planner planner;

    public Explainer(Planner planner) {
        this.planner = planner;
    }

    /** @param derivation what {@code container} gives */
    public Explanation.OfContainer explain(
            ContainerSnapshot container, ContainerDerivation derivation, Evidence evidence) {
        ImmutableList<PortExplanation> ports = Stream.concat(
                        derivation.services().stream().map(service -> service(container, service, evidence)),
                        derivation.leftOut().stream().map(PortExplanation.NoService::new))
                .sorted(BY_PORT)
                .collect(toImmutableList());
        ImmutableList<ServiceId> kept =
                derivation.services().isEmpty() ? kept(container, evidence) : ImmutableList.of();
        Headline headline = kept.isEmpty()
                ? Headlines.of(container, ports, derivation.problems())
                : Headlines.kept(container, kept);
        return new Explanation.OfContainer(headline, container, ports, derivation.problems());
    }

    /** What stays registered of a container that has stopped. */
    private ImmutableList<ServiceId> kept(ContainerSnapshot container, Evidence evidence) {
        return evidence.registeredFor(container.id()).stream()
                .filter(service ->
                        planner.decide(service.id(), null, service, container) instanceof Decision.LeaveAlone left
                                && left.why() == Decision.LeaveAlone.Why.KEPT_BY_POLICY)
                .map(ObservedService::id)
                .sorted()
                .collect(toImmutableList());
    }

    /**
     * For a service that no container of this engine gives.
     *
     * @param checks what its checks found out
     * @param byName finds a container
     */
    public Explanation.OfService explain(
            ObservedService service,
            ImmutableList<CheckResult> checks,
            Reach reach,
            Function<String, Optional<ContainerSnapshot>> byName) {
        return new Explanation.OfService(headline(service, byName), service, checks, reach);
    }

    private Headline headline(ObservedService service, Function<String, Optional<ContainerSnapshot>> byName) {
        String subject = "the service " + service.id() + " (" + service.name() + " at " + service.where() + ")";
        Optional<ContainerSnapshot> claimant = planner.claimant(service, byName);
        if (claimant.isPresent()) {
            return new Headline(
                    Headline.Verdict.DOUBTFUL,
                    subject + " is a predecessor's: its container "
                            + claimant.get().name() + " runs here and gives no such service",
                    "-cleanup spares it while that container runs; deregister it by hand if nobody needs it");
        }
        return switch (planner.decide(service.id(), null, service, null)) {
            case Decision.Deregister gone ->
                new Headline(
                        Headline.Verdict.DOUBTFUL,
                        subject + " is a leftover: this engine does not have its container",
                        "registrator removes it with its next pass, if it runs");
            case Decision.LeaveAlone(var id, var why)
            when why == Decision.LeaveAlone.Why.KEPT_BY_POLICY ->
                new Headline(
                        Headline.Verdict.DOUBTFUL,
                        subject + " is kept by -deregister: this engine does not have its container",
                        "registrator purge removes all that this node has registered");
            case Decision other -> notOurs(service, subject);
        };
    }

    private static Headline notOurs(ObservedService service, String subject) {
        return OwnerMark.in(service.meta())
                .map(mark -> new Headline(
                        Headline.Verdict.DOUBTFUL,
                        subject + " is another node's: registrator on node " + mark.owner() + " registered it",
                        "it is left alone here; ask on that node"))
                .orElseGet(() -> new Headline(
                        Headline.Verdict.DOUBTFUL,
                        subject + " is not from any registrator: somebody else registered it",
                        "it is left alone; whoever registered it has to change it"));
    }

    private PortExplanation service(ContainerSnapshot container, DerivedService service, Evidence evidence) {
        ServiceId id = service.definition().id();
        return new PortExplanation.Service(
                service, state(container, service, evidence), evidence.checks(id), evidence.reach(service));
    }

    private RegistryState state(ContainerSnapshot container, DerivedService service, Evidence evidence) {
        IdClaim claim = new IdClaim(container.ref(), service.port());
        var refusedClaim = evidence.conflict(service.definition().id())
                .filter(conflict -> conflict.refused().contains(claim));
        if (refusedClaim.isPresent()) {
            return new RegistryState.ClaimedTwice(refusedClaim.get());
        }
        return switch (evidence.observed(service.definition().id())) {
            case Outcome.Failed<Optional<ObservedService>>(var why) -> new RegistryState.Unknown(why.message());
            case Outcome.Success<Optional<ObservedService>>(var observed) ->
                orOtherNode(state(container, service, observed, evidence), container, evidence);
        };
    }

    /** A wrong node ID looks as if nothing were registered. */
    private RegistryState orOtherNode(RegistryState state, ContainerSnapshot container, Evidence evidence) {
        ImmutableList<ObservedService> registered = evidence.registeredFor(container.id());
        if (!(state instanceof RegistryState.Missing) || registered.stream().anyMatch(planner::isMine)) {
            return state;
        }
        return registered.stream()
                .flatMap(
                        service -> OwnerMark.in(service.meta())
                                .map(mark -> new RegistryState.OtherNode(mark.owner(), service.id()))
                                .stream())
                .map(RegistryState.class::cast)
                .findFirst()
                .orElse(state);
    }

    private RegistryState state(
            ContainerSnapshot container,
            DerivedService service,
            Optional<ObservedService> observed,
            Evidence evidence) {
        Decision decision = planner.decide(
                service.definition().id(),
                service.definition(),
                OutOfService.because(service.definition(), container),
                observed.orElse(null),
                container,
                FormerNodes.NONE);
        return switch (decision) {
            case Decision.Register register -> toBeWritten(register, service, observed, evidence);
            case Decision.Conflict conflict -> new RegistryState.Taken(conflict.observed(), conflict.ownership());
            case Decision.InSync same -> new RegistryState.InSync(maintenance(observed));
            case Decision.Maintain maintain -> new RegistryState.InSync(maintenance(observed));
            case Decision.LeaveAlone left -> new RegistryState.Missing();
            case Decision.Deregister gone -> new RegistryState.Missing();
        };
    }

    private static @Nullable String maintenance(Optional<ObservedService> observed) {
        return observed.map(ObservedService::maintenance).orElse(null);
    }

    private static RegistryState toBeWritten(
            Decision.Register register, DerivedService service, Optional<ObservedService> observed, Evidence evidence) {
        Optional<String> refusal = evidence.refusal(service.definition());
        if (refusal.isPresent()) {
            return new RegistryState.Refused(refusal.get());
        }
        return observed.<RegistryState>map(found ->
                        new RegistryState.Differs(register.why(), Differences.between(register.definition(), found)))
                .orElseGet(RegistryState.Missing::new);
    }
}
