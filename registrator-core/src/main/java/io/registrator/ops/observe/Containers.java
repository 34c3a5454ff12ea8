package io.registrator.ops.observe;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Sets;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.derive.IdClaim;
import io.registrator.derive.IdConflict;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Drain;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The containers, and which services are whose. Not thread-safe. */
final class Containers {
    private static final Comparator<ContainerRef> BY_NAME =
            Comparator.comparing(ContainerRef::name).thenComparing(ContainerRef::id);
    private static final ContainerRef NONE = new ContainerRef(new ContainerId("none"), "(no container)");

    private final Services services;
    private final Map<ContainerId, ContainerDerivation> derivations = new HashMap<>();
    /** The containers that give a service, the first one first. */
    private final LinkedHashMultimap<ServiceId, ContainerId> givers = LinkedHashMultimap.create();

    private final Map<ContainerId, String> unreadable = new HashMap<>();
    private final Map<ServiceId, IdConflict> contests = new HashMap<>();

    /** Those that have been asked to stop, and what they have been told. */
    private final Map<ContainerId, String> draining = new HashMap<>();

    Containers(Services services) {
        this.services = services;
    }

    void put(ContainerDerivation derivation) {
        ContainerDerivation before = derivations.put(derivation.container().id(), derivation);
        if (derivation.services().isEmpty()) {
            draining.remove(derivation.container().id());
        }
        ids(derivation).forEach(id -> givers.put(id, derivation.container().id()));
        derivation.services().forEach(service -> services.wanted(service.definition()));
        if (before != null) {
            lose(before, Sets.difference(ids(before), ids(derivation)));
        }
    }

    void remove(ContainerId id) {
        unreadable.remove(id);
        draining.remove(id);
        ContainerDerivation before = derivations.remove(id);
        if (before != null) {
            lose(before, ids(before));
        }
    }

    private void lose(ContainerDerivation derivation, Set<ServiceId> lost) {
        lost.forEach(id -> givers.remove(id, derivation.container().id()));
        lost.forEach(this::unwanted);
    }

    /** Unless another container gives it too. */
    private void unwanted(ServiceId id) {
        contests.remove(id);
        giver(id).ifPresentOrElse(service -> services.wanted(service.definition()), () -> services.unwanted(id));
    }

    private Optional<DerivedService> giver(ServiceId id) {
        return givers.get(id).stream().findFirst().flatMap(container -> given(id, container));
    }

    /** The registry does not have it, or not from us: what a container gives all the same has to wait, or is drained. */
    void withdrawn(ServiceId id) {
        Optional<DerivedService> given = giver(id);
        if (given.isEmpty()) {
            services.remove(id);
            return;
        }
        ServiceDefinition definition = given.get().definition();
        String drained = draining.get(definition.container().id());
        if (drained != null) {
            services.put(definition, ServiceState.DRAINING, drained);
        } else if (services.get(id)
                .filter(entry -> entry.state() == ServiceState.WAITING)
                .isEmpty()) {
            services.put(definition, ServiceState.PENDING, "to be written");
        }
    }

    void draining(ContainerRef container, String why) {
        draining.put(container.id(), why);
        ContainerDerivation derivation = derivations.get(container.id());
        if (derivation != null) {
            derivation.services().stream()
                    .filter(service -> service.lifecycle().drain() != Drain.OFF)
                    .forEach(service -> services.move(service.definition().id(), ServiceState.DRAINING, why));
        }
    }

    void drained(ContainerId id) {
        draining.remove(id);
    }

    /** The state of a service that the registry has as we want it. */
    ServiceState stateInRegistry(ServiceDefinition service) {
        boolean leaves = draining.containsKey(service.container().id())
                && giver(service.id())
                        .filter(given -> given.lifecycle().drain() != Drain.OFF)
                        .isPresent();
        if (leaves) {
            return ServiceState.DRAINING;
        }
        return services.maintenance(service.id()).isPresent() ? ServiceState.MAINTENANCE : ServiceState.REGISTERED;
    }

    String whyInRegistry(ServiceDefinition service, String otherwise) {
        return services.maintenance(service.id()).orElse(otherwise);
    }

    /** Forgets what is neither given nor registered. */
    void prune() {
        services.retain(derivations.values().stream()
                .flatMap(derivation -> ids(derivation).stream())
                .collect(toImmutableSet()));
    }

    private static ImmutableSet<ServiceId> ids(ContainerDerivation derivation) {
        return derivation.services().stream()
                .map(service -> service.definition().id())
                .collect(toImmutableSet());
    }

    void claimedTwice(IdConflict conflict) {
        contests.put(conflict.id(), conflict);
        given(conflict.id(), conflict.kept().container().id()).ifPresent(kept -> services.wanted(kept.definition()));
    }

    private Optional<DerivedService> given(ServiceId id, ContainerId container) {
        return Optional.ofNullable(derivations.get(container)).stream()
                .flatMap(derivation -> derivation.services().stream())
                .filter(service -> service.definition().id().equals(id))
                .findFirst();
    }

    Optional<ContainerDerivation> derivation(ContainerId id) {
        return Optional.ofNullable(derivations.get(id));
    }

    void unreadable(ContainerId id, String why) {
        unreadable.put(id, why);
    }

    /** Says whether it was not. */
    boolean readable(ContainerId id) {
        return unreadable.remove(id) != null;
    }

    String name(ContainerId id) {
        ContainerDerivation derivation = derivations.get(id);
        return derivation == null
                ? "container " + id.shortId()
                : derivation.container().toString();
    }

    ImmutableMap<ContainerId, ContainerStatus> snapshot() {
        TreeMap<ContainerRef, ContainerStatus> all = new TreeMap<>(BY_NAME);
        Set<ServiceId> shown = new HashSet<>();
        derivations.values().forEach(derivation -> {
            all.put(derivation.container(), status(derivation));
            shown.addAll(ids(derivation));
        });
        orphans(shown).forEach(orphan -> all.merge(container(orphan), gone(orphan), Containers::together));
        ImmutableMap.Builder<ContainerId, ContainerStatus> byId = ImmutableMap.builder();
        all.forEach((ref, status) -> byId.put(ref.id(), status));
        return byId.buildKeepingLast();
    }

    private ContainerStatus status(ContainerDerivation derivation) {
        ImmutableList.Builder<ServiceStatus> given = ImmutableList.builder();
        derivation.services().forEach(service -> given.add(status(derivation.container(), service)));
        return new ContainerStatus(
                derivation.container(),
                false,
                unreadable.get(derivation.container().id()),
                given.build(),
                derivation.leftOut(),
                derivation.problems());
    }

    private ServiceStatus status(ContainerRef container, DerivedService service) {
        ServiceId id = service.definition().id();
        Services.Entry entry = services.get(id).orElseGet(() -> services.pending(service.definition()));
        return refusal(container, service)
                .map(refused -> refused.status(entry, service))
                .orElseGet(() -> entry.status(service.port()));
    }

    /** The contest over this service's ID that this port lost. */
    private Optional<Refusal> refusal(ContainerRef container, DerivedService service) {
        return Optional.ofNullable(contests.get(service.definition().id()))
                .filter(conflict -> conflict.refused().contains(new IdClaim(container, service.port())))
                .map(Refusal::new);
    }

    private record Refusal(IdConflict conflict) {
        ServiceStatus status(Services.Entry keeper, DerivedService service) {
            var definition = service.definition();
            return new ServiceStatus(
                    definition.id(),
                    service.port(),
                    definition.name(),
                    definition.target().toString(),
                    definition.tags(),
                    Services.checks(definition),
                    ServiceState.CONFLICT,
                    conflict.message(),
                    keeper.since());
        }
    }

    private List<Services.Entry> orphans(Set<ServiceId> shown) {
        return services.all().stream()
                .filter(entry -> !shown.contains(entry.shown().id()))
                .toList();
    }

    /** The container that it was for, as it is called now if it is there. */
    private ContainerRef container(Services.Entry orphan) {
        ContainerRef marked = orphan.container();
        ContainerDerivation there = marked == null ? null : derivations.get(marked.id());
        return there != null ? there.container() : marked == null ? NONE : marked;
    }

    private ContainerStatus gone(Services.Entry orphan) {
        return new ContainerStatus(
                container(orphan),
                true,
                null,
                ImmutableList.of(orphan.status(null)),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static ContainerStatus together(ContainerStatus one, ContainerStatus orphan) {
        return new ContainerStatus(
                one.container(),
                one.gone(),
                one.unreadable(),
                Stream.concat(one.services().stream(), orphan.services().stream())
                        .collect(ImmutableList.toImmutableList()),
                one.leftOut(),
                one.problems());
    }
}
