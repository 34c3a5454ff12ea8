package io.registrator.ops.explain;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Sets;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.derive.Deriver;
import io.registrator.derive.DesiredServices;
import io.registrator.derive.IdConflict;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HostAddress;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.FormerNodes;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All containers of an engine at one moment, and what is wanted of them. Not thread-safe. */
public final class Survey {
    private final Deriver deriver;
    private final Planner planner;
    private final boolean knowsMaintenance;
    private final ImmutableMap<ContainerId, ContainerSnapshot> containers;
    private final ImmutableMap<ContainerId, ContainerDerivation> derivations;
    private final DesiredServices desired = new DesiredServices();

    /** @param knowsMaintenance whether the registry can take services out of service without deregistering them */
    public Survey(Deriver deriver, Planner planner, boolean knowsMaintenance, Collection<ContainerSnapshot> all) {
        this.deriver = deriver;
        this.planner = planner;
        this.knowsMaintenance = knowsMaintenance;
        this.containers = all.stream().collect(toImmutableMap(ContainerSnapshot::id, Function.identity()));
        this.derivations = all.stream()
                .collect(toImmutableMap(ContainerSnapshot::id, each -> deriver.derive(each, this::byIdOrName)));
        all.stream()
                .filter(each -> knowsMaintenance || each.state() != ContainerState.PAUSED)
                .forEach(each -> desired.put(each, derivation(each.id()).services()));
    }

    /** Whether services wait until the host's address is known. */
    public boolean awaitsHostAddress() {
        return derivations.values().stream().anyMatch(ContainerDerivation::awaitsHostAddress);
    }

    /** The same moment with what is known of the host's address. */
    public Survey at(HostAddress address) {
        return new Survey(deriver.at(address), planner, knowsMaintenance, containers.values());
    }

    public Planner planner() {
        return planner;
    }

    public ImmutableList<ContainerSnapshot> containers() {
        return containers.values().asList();
    }

    /** @throws IllegalArgumentException when the engine does not have this container */
    public ContainerDerivation derivation(ContainerId id) {
        ContainerDerivation derivation = derivations.get(id);
        if (derivation == null) {
            throw new IllegalArgumentException("no container " + id);
        }
        return derivation;
    }

    /** The container that is meant: by its name, its ID or the beginning of it, or the ID of a service that it gives. */
    public Optional<ContainerSnapshot> find(String subject) {
        String plain = subject.startsWith("/") ? subject.substring(1) : subject;
        if (plain.isBlank()) {
            return Optional.empty();
        }
        return byIdOrName(plain).or(() -> byIdPrefix(plain)).or(() -> byService(plain));
    }

    /** Those whose name is nearly this. */
    public ImmutableList<String> similar(String subject) {
        return containers().stream()
                .map(ContainerSnapshot::name)
                .filter(name -> name.contains(subject) || (name.length() > 2 && subject.contains(name)))
                .sorted()
                .collect(toImmutableList());
    }

    private Optional<ContainerSnapshot> byIdOrName(String idOrName) {
        ContainerSnapshot byId = containers.get(new ContainerId(idOrName));
        return byId != null
                ? Optional.of(byId)
                : containers().stream()
                        .filter(each -> each.name().equals(idOrName))
                        .findFirst();
    }

    private Optional<ContainerSnapshot> byIdPrefix(String prefix) {
        ImmutableList<ContainerSnapshot> found = containers().stream()
                .filter(each -> each.id().value().startsWith(prefix))
                .collect(toImmutableList());
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Optional<ContainerSnapshot> byService(String id) {
        return ServiceId.isValid(id)
                ? desired.get(new ServiceId(id))
                        .map(service ->
                                containers.get(service.definition().container().id()))
                : Optional.empty();
    }

    /** The services that are wanted: of those that claim one ID only the one that keeps it. */
    public ImmutableList<DerivedService> services() {
        return desired.ids().stream()
                .sorted()
                .flatMap(id -> desired.get(id).stream())
                .collect(toImmutableList());
    }

    /** The quarrel over this ID, if there is one. */
    public Optional<IdConflict> conflict(ServiceId id) {
        return desired.conflictOf(id);
    }

    /** What a run would do about a registry that has {@code observed}, decided as the daemon decides it. */
    public Preview plan(Map<ServiceId, ObservedService> observed) {
        FormerNodes formerNodes = formerNodes(observed.values());
        ImmutableList<Decision> decisions = Sets.union(desired.ids(), observed.keySet()).stream()
                .sorted()
                .map(id -> decide(id, observed.get(id), formerNodes))
                .collect(toImmutableList());
        return new Preview(decisions, ImmutableMap.copyOf(observed), desired.conflicts());
    }

    /**
     * The containers that should have a service of ours, have none, and have one of another node ID: by that node ID.
     *
     * @param observed what the registry has
     */
    public ImmutableListMultimap<String, String> ofOtherNodes(Map<ServiceId, ObservedService> observed) {
        Set<ContainerId> ours = observed.values().stream()
                .filter(planner::isMine)
                .flatMap(service -> OwnerMark.in(service.meta()).stream())
                .map(OwnerMark::container)
                .collect(toImmutableSet());
        ImmutableSetMultimap.Builder<String, String> found = ImmutableSetMultimap.builder();
        observed.values().stream()
                .filter(service -> !planner.isMine(service))
                .flatMap(service -> OwnerMark.in(service.meta()).stream())
                .filter(mark -> containers.containsKey(mark.container())
                        && !ours.contains(mark.container())
                        && !derivation(mark.container()).services().isEmpty())
                .forEach(mark -> found.put(
                        mark.owner(),
                        Objects.requireNonNull(containers.get(mark.container())).name()));
        return ImmutableListMultimap.copyOf(found.build());
    }

    private Decision decide(ServiceId id, @Nullable ObservedService observed, FormerNodes formerNodes) {
        ContainerSnapshot registeredFor = Optional.ofNullable(observed)
                .flatMap(service -> OwnerMark.in(service.meta())
                        .map(mark -> containers.get(mark.container()))
                        .or(() -> planner.claimant(service, this::byIdOrName)))
                .orElse(null);
        ServiceDefinition wanted =
                desired.get(id).map(DerivedService::definition).orElse(null);
        if (wanted == null
                && registeredFor != null
                && derivation(registeredFor.id()).awaitsHostAddress()) {
            return new Decision.LeaveAlone(id, Decision.LeaveAlone.Why.AWAITS_HOST_ADDRESS);
        }
        return planner.decide(id, wanted, maintenance(wanted), observed, registeredFor, formerNodes);
    }

    private FormerNodes formerNodes(Collection<ObservedService> observed) {
        ImmutableSet<String> former = observed.stream()
                .flatMap(service -> planner.otherInstance(service).stream())
                .filter(mark -> isRunning(mark.container()) && givesServices(mark.container()))
                .map(OwnerMark::owner)
                .collect(toImmutableSet());
        return new FormerNodes() {
            @Override
            public boolean wasCalled(String node) {
                return former.contains(node);
            }

            @Override
            public boolean givesServices(ContainerId container) {
                return Survey.this.givesServices(container);
            }
        };
    }

    private boolean isRunning(ContainerId id) {
        ContainerSnapshot container = containers.get(id);
        return container != null && container.state().isRunning();
    }

    private boolean givesServices(ContainerId container) {
        return !desired.claimedBy(container).isEmpty();
    }

    private @Nullable String maintenance(@Nullable ServiceDefinition wanted) {
        return wanted == null
                ? null
                : OutOfService.because(wanted, containers.get(wanted.container().id()));
    }
}
