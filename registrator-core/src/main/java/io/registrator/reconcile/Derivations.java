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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the desired services up with the containers, one container at a time. */
final class Derivations {
    private final EngineCache containers;
    private final Predicate<DerivedService> offered;
    private final ReconcileObserver observer;
    private final DesiredServices desired = new DesiredServices();
    private Deriver deriver;

    /** Containers by the ID or name of the one whose network they share. */
    private final SetMultimap<String, ContainerId> sharing = HashMultimap.create();

    /** @param offered says of a service whether discovery may have it at this moment */
    Derivations(
            Deriver deriver, EngineCache containers, Predicate<DerivedService> offered, ReconcileObserver observer) {
        this.deriver = deriver;
        this.containers = containers;
        this.offered = offered;
        this.observer = observer;
    }

    /**
     * Derives a container anew if it is not as it was, and those that share its network, however indirectly; returns the
     * services that this changes.
     */
    ImmutableSet<ServiceId> refresh(ContainerId id) {
        ImmutableSet.Builder<ServiceId> affected = ImmutableSet.builder();
        for (ContainerId each : withDependents(id)) {
            ContainerEntry entry = containers.get(each);
            ContainerSnapshot snapshot = entry == null ? null : entry.snapshot();
            affected.addAll(entry == null || snapshot == null ? forget(each, entry) : derive(entry, snapshot));
        }
        return affected.build();
    }

    /** Derives all containers anew with what is now known of the host's address; returns the services that this changes. */
    ImmutableSet<ServiceId> moveTo(HostAddress address) {
        deriver = deriver.at(address);
        ImmutableList<ContainerEntry> derived = containers.entries().stream()
                .filter(entry -> entry.derivation != null)
                .collect(toImmutableList());
        derived.forEach(entry -> entry.derivedFrom = null);
        return derived.stream().flatMap(entry -> refresh(entry.id()).stream()).collect(toImmutableSet());
    }

    private Set<ContainerId> withDependents(ContainerId id) {
        Set<ContainerId> all = new LinkedHashSet<>();
        Deque<ContainerId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            ContainerId next = open.remove();
            if (all.add(next)) {
                open.addAll(sharing.get(next.value()));
                ContainerEntry entry = containers.get(next);
                if (entry != null && entry.snapshot() != null) {
                    open.addAll(sharing.get(entry.snapshot().name()));
                }
                if (entry != null && entry.derivation != null) {
                    open.addAll(sharing.get(entry.derivation.container().name()));
                }
            }
        }
        return all;
    }

    private ImmutableSet<ServiceId> derive(ContainerEntry entry, ContainerSnapshot snapshot) {
        snapshot.networkMode().sharedContainer().ifPresent(shared -> sharing.put(shared, snapshot.id()));
        ContainerDerivation derivation = derivation(entry, snapshot);
        boolean isNew = !derivation.equals(entry.derivation);
        entry.derivation = derivation;
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
    private ContainerDerivation derivation(ContainerEntry entry, ContainerSnapshot snapshot) {
        ContainerDerivation before = entry.derivation;
        if (before != null && snapshot.equals(entry.derivedFrom)) {
            return before;
        }
        try {
            ContainerDerivation derivation = deriver.derive(snapshot, containers::find);
            if (snapshot.networkMode().sharedContainer().isEmpty()) {
                entry.derivedFrom = snapshot;
            }
            return derivation;
        } catch (RuntimeException | StackOverflowError bug) {
            entry.derivedFrom = null;
            return before == null || !snapshot.state().isRunning()
                    ? ContainerDerivation.broken(snapshot.ref(), ImmutableList.of(), bug)
                    : ContainerDerivation.broken(snapshot.ref(), before.services(), bug);
        }
    }

    private ImmutableSet<ServiceId> forget(ContainerId id, @Nullable ContainerEntry entry) {
        sharing.values().removeIf(id::equals);
        observer.forgotten(id);
        if (entry != null) {
            entry.derivation = null;
            entry.derivedFrom = null;
        }
        return desired.remove(id);
    }

    /** Whether services of a container wait until the host's address is known. */
    boolean awaitsHostAddress(ContainerId container) {
        ContainerEntry entry = containers.get(container);
        return entry != null && entry.derivation != null && entry.derivation.awaitsHostAddress();
    }

    /** How many ports wait until the host's address is known. */
    int waiting() {
        return containers.entries().stream()
                .mapToInt(entry -> entry.derivation == null ? 0 : entry.derivation.awaitingHostAddress())
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
