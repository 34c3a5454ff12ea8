package io.registrator.reconcile;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.derive.Deriver;
import io.registrator.derive.DesiredServices;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.HostAddress;
import io.registrator.model.ServiceId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the desired services up with the containers, one container at a time. */
final class DesiredTracker {
    private final ContainerTracker containers;
    private final Predicate<DerivedService> offered;
    private final ReconcileObserver observer;
    private final DesiredServices desired = new DesiredServices();
    private Deriver deriver;
    private final Map<ContainerId, ContainerDerivation> derivations = new HashMap<>();

    /** What of a container that depends on no other the derivation was made from. */
    private final Map<ContainerId, ContainerSnapshot> sources = new HashMap<>();

    /** Containers by the ID or name of the one whose network they share. */
    private final SetMultimap<String, ContainerId> sharing = HashMultimap.create();

    /** @param offered says of a service whether discovery may have it at this moment */
    DesiredTracker(
            Deriver deriver,
            ContainerTracker containers,
            Predicate<DerivedService> offered,
            ReconcileObserver observer) {
        this.deriver = deriver;
        this.containers = containers;
        this.offered = offered;
        this.observer = observer;
    }

    /**
     * Derives a container anew if it is not as it was, and those that share its network, however indirectly; says which
     * services that changes.
     */
    ImmutableSet<ServiceId> refresh(ContainerId id) {
        ImmutableSet.Builder<ServiceId> affected = ImmutableSet.builder();
        for (ContainerId each : withDependents(id)) {
            ContainerSnapshot snapshot = containers.get(each);
            affected.addAll(snapshot == null ? forget(each) : derive(snapshot));
        }
        return affected.build();
    }

    /** Derives all containers anew with what is now known of the host's address; says which services that changes. */
    ImmutableSet<ServiceId> moveTo(HostAddress address) {
        deriver = deriver.at(address);
        sources.clear();
        return ImmutableSet.copyOf(derivations.keySet()).stream()
                .flatMap(id -> refresh(id).stream())
                .collect(toImmutableSet());
    }

    private Set<ContainerId> withDependents(ContainerId id) {
        Set<ContainerId> all = new LinkedHashSet<>();
        Deque<ContainerId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            ContainerId next = open.remove();
            if (all.add(next)) {
                open.addAll(sharing.get(next.value()));
                ContainerSnapshot snapshot = containers.get(next);
                if (snapshot != null) {
                    open.addAll(sharing.get(snapshot.name()));
                }
                ContainerDerivation before = derivations.get(next);
                if (before != null) {
                    open.addAll(sharing.get(before.container().name()));
                }
            }
        }
        return all;
    }

    private ImmutableSet<ServiceId> derive(ContainerSnapshot snapshot) {
        snapshot.networkMode().sharedContainer().ifPresent(shared -> sharing.put(shared, snapshot.id()));
        ContainerDerivation derivation = derivation(snapshot);
        boolean isNew = !derivation.equals(derivations.put(snapshot.id(), derivation));
        if (isNew) {
            observer.derived(derivation);
        }
        ImmutableSet<ServiceId> affected = desired.put(
                snapshot, derivation.services().stream().filter(offered).collect(toImmutableList()));
        if (isNew) {
            derivation.services().stream()
                    .flatMap(service -> desired.conflictOf(service.definition().id()).stream())
                    .forEach(observer::claimedTwice);
        }
        return affected;
    }

    /** A bug that one container brings to light is to harm no other, nor the services that it has. */
    private ContainerDerivation derivation(ContainerSnapshot snapshot) {
        ContainerDerivation before = derivations.get(snapshot.id());
        if (before != null && snapshot.equals(sources.get(snapshot.id()))) {
            return before;
        }
        try {
            ContainerDerivation derivation = deriver.derive(snapshot, containers::find);
            if (snapshot.networkMode().sharedContainer().isEmpty()) {
                sources.put(snapshot.id(), snapshot);
            }
            return derivation;
        } catch (RuntimeException | StackOverflowError bug) {
            sources.remove(snapshot.id());
            return before == null || !snapshot.state().isRunning()
                    ? ContainerDerivation.broken(snapshot.ref(), ImmutableList.of(), bug)
                    : ContainerDerivation.broken(snapshot.ref(), before.services(), bug);
        }
    }

    private ImmutableSet<ServiceId> forget(ContainerId id) {
        sharing.values().removeIf(id::equals);
        sources.remove(id);
        observer.forgotten(id);
        return derivations.remove(id) == null ? ImmutableSet.of() : desired.remove(id);
    }

    /** All services that a container gives, whether discovery may have them or not. */
    ImmutableList<DerivedService> servicesOf(ContainerId container) {
        ContainerDerivation derivation = derivations.get(container);
        return derivation == null ? ImmutableList.of() : derivation.services();
    }

    /** Whether services of a container wait until the host's address is known. */
    boolean awaitsHostAddress(ContainerId container) {
        ContainerDerivation derivation = derivations.get(container);
        return derivation != null && derivation.awaitsHostAddress();
    }

    /** How many ports wait until the host's address is known. */
    int waiting() {
        return derivations.values().stream()
                .mapToInt(ContainerDerivation::awaitingHostAddress)
                .sum();
    }

    /** The IDs that a container claims at this moment. */
    ImmutableSet<ServiceId> claimedBy(ContainerId container) {
        return desired.claimedBy(container);
    }

    @Nullable
    DerivedService get(ServiceId id) {
        return desired.get(id).orElse(null);
    }

    ImmutableSet<ServiceId> ids() {
        return desired.ids();
    }
}
