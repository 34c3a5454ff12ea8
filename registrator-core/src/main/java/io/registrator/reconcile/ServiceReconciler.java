package io.registrator.reconcile;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.registrator.derive.DerivedService;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings one service after another in line: compares what is wanted with what the registry has, and does what follows from
 * that. Services wait in a queue until the registry can be written to; or, where more must be known first, beside it:
 *
 * <pre>
 *              ┌──────────── what became of its container is not known ──▶ waits for the container ──┐
 *   queued ──▶ │── a removal of another's, and not all containers are known ──▶ waits for the pass ──┤
 *     ▲        └── a removal whose successor is not written yet ──▶ waits for the successor ─────────┤
 *     └──────────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
final class ServiceReconciler {
    private final Planner planner;
    private final ServiceRegistry registry;
    private final EngineCache containers;
    private final ServiceTable services;
    private final Derivations desired;
    private final Gate gate;
    private final Heartbeats heartbeats;
    private final EarlierNodes earlierNodes;
    private final Shutdown shutdown;
    private final ReconcileObserver observer;

    private final SequencedSet<ServiceId> queue = new LinkedHashSet<>();

    /** Services that wait for what the engine says next of the container that they were registered for. */
    private final SetMultimap<ContainerId, ServiceId> blocked = HashMultimap.create();

    /** Removals that wait until every container is known. */
    private final Set<ServiceId> afterPass = new LinkedHashSet<>();

    ServiceReconciler(
            Planner planner,
            ServiceRegistry registry,
            EngineCache containers,
            ServiceTable services,
            Derivations desired,
            Gate gate,
            Heartbeats heartbeats,
            EarlierNodes earlierNodes,
            Shutdown shutdown,
            ReconcileObserver observer) {
        this.planner = planner;
        this.registry = registry;
        this.containers = containers;
        this.services = services;
        this.desired = desired;
        this.gate = gate;
        this.heartbeats = heartbeats;
        this.earlierNodes = earlierNodes;
        this.shutdown = shutdown;
        this.observer = observer;
    }

    void enqueue(ServiceId id) {
        queue.add(id);
    }

    void enqueue(Collection<ServiceId> ids) {
        queue.addAll(ids);
    }

    /** There is something new about this service, and so about those that wait for it. */
    void changed(ServiceId id) {
        queue.add(id);
        queue.addAll(services.entry(id).takeReplaced());
    }

    void enqueueAll() {
        queue.addAll(desired.ids());
        services.observed().forEach(service -> queue.add(service.id()));
    }

    /** A container has been looked at. */
    void looked(ContainerId id) {
        queue.addAll(blocked.removeAll(id));
    }

    /** All containers are known. */
    void passOver() {
        queue.addAll(afterPass);
        afterPass.clear();
    }

    boolean isIdle() {
        return queue.isEmpty();
    }

    int waiting() {
        return queue.size();
    }

    /** Plans as many of the queue as can be written. */
    void advance(StepErrors errors) {
        while (services.isWritable() && !queue.isEmpty() && services.hasRoom()) {
            ServiceEntry entry = services.entry(queue.removeFirst());
            if (entry.writing == null) {
                errors.run(() -> plan(entry));
            }
        }
    }

    private void plan(ServiceEntry entry) {
        DerivedService want = shutdown.isLeaving() ? null : desired.get(entry.id());
        if (want == null) {
            gate.forget(entry);
            OwnerMark.containerOf(entry.observed)
                    .filter(container -> !shutdown.isLeaving() && desired.awaitsHostAddress(container))
                    .ifPresentOrElse(container -> awaitHostAddress(entry, container), () -> decide(entry, null));
            return;
        }
        switch (gate.admit(entry, want)) {
            case ASKING -> {}
            case NOT_YET -> decide(entry, null);
            case ANSWERS, UNPROVEN -> decide(entry, want);
        }
    }

    /** What a container gave before we were started stays while we do not know where it is. */
    private void awaitHostAddress(ServiceEntry entry, ContainerId container) {
        blocked.put(container, entry.id());
        leave(entry, new Decision.LeaveAlone(entry.id(), Decision.LeaveAlone.Why.AWAITS_HOST_ADDRESS));
    }

    private void decide(ServiceEntry entry, @Nullable DerivedService want) {
        ServiceDefinition definition = want == null ? null : want.definition();
        ObservedService have = entry.observed;
        Optional<ContainerId> registeredFor = OwnerMark.containerOf(have);
        Optional<ContainerId> unresolved = registeredFor
                .filter(container ->
                        definition == null || !definition.container().id().equals(container))
                .filter(container ->
                        !shutdown.isLeaving() && !containers.isResolved(container) && !gate.isDraining(container));
        if (unresolved.isPresent()) {
            blocked.put(unresolved.get(), entry.id());
            return;
        }
        if (earlierNodes.learn(entry.id(), have)) {
            enqueueAll();
        }
        ContainerSnapshot container = registeredFor
                .map(containers::snapshot)
                .or(() -> Optional.ofNullable(have).flatMap(service -> planner.claimant(service, containers::find)))
                .orElse(null);
        String maintenance = want == null ? null : gate.maintenance(want);
        Decision decision = planner.decide(entry.id(), definition, maintenance, have, container, earlierNodes);
        if (decision instanceof Decision.LeaveAlone(var same, var why)
                && why == Decision.LeaveAlone.Why.KEPT_BY_POLICY) {
            registeredFor.ifPresent(owner -> blocked.put(owner, entry.id()));
        }
        act(entry, decision);
    }

    private void act(ServiceEntry entry, Decision decision) {
        switch (decision) {
            case Decision.Action action -> write(entry, action);
            case Decision.Conflict conflict -> report(entry, conflict);
            case Decision.InSync same -> inSync(entry, same.definition());
            case Decision.LeaveAlone left -> leave(entry, left);
        }
    }

    private void write(ServiceEntry entry, Decision.Action action) {
        entry.conflict = null;
        // What is updated is still there, and well.
        if (!action.isUpdate()) {
            heartbeats.drop(entry.id());
        }
        if (action instanceof Deregister removal && removal.isOfAnother() && !containers.allResolved()) {
            afterPass.add(entry.id());
        } else if (!entry.isHeld(action) && !waitsForSuccessor(action)) {
            earlierNodes.writing(action);
            services.write(action, gate.conditionFor(action));
        }
    }

    /** A container that runs on under another name is never without a service. */
    private boolean waitsForSuccessor(Decision.Action action) {
        if (!(action instanceof Deregister removal) || shutdown.isLeaving()) {
            return false;
        }
        Optional<ServiceEntry> successor =
                OwnerMark.in(removal.observed().meta()).map(mark -> desired.claimedBy(mark.container())).stream()
                        .flatMap(Set::stream)
                        .map(services::entry)
                        .filter(candidate -> isAwaited(candidate, removal))
                        .findFirst();
        successor.ifPresent(entry -> {
            entry.succeed(removal.id());
            queue.add(entry.id());
        });
        return successor.isPresent();
    }

    /** What we would not register again if its successor failed waits as long as it takes. */
    private boolean isAwaited(ServiceEntry successor, Deregister removal) {
        ObservedService have = successor.observed;
        return removal.why() == Deregister.Why.TAKEN_OVER
                ? have == null || !planner.isMine(have)
                : have == null && !successor.retry.hasFailed();
    }

    private void report(ServiceEntry entry, Decision.Conflict conflict) {
        heartbeats.drop(entry.id());
        gate.forget(entry);
        services.settled(entry);
        if (!conflict.equals(entry.conflict)) {
            entry.conflict = conflict;
            observer.conflict(conflict);
        }
    }

    private void inSync(ServiceEntry entry, ServiceDefinition definition) {
        entry.conflict = null;
        services.settled(entry);
        gate.registered(entry, definition);
        heartbeats.keep(definition, gate.condition(definition));
        observer.inSync(definition);
        if (definition.token() != null) {
            registry.useToken(definition.id(), definition.token());
        }
    }

    private void leave(ServiceEntry entry, Decision.LeaveAlone left) {
        heartbeats.drop(entry.id());
        entry.conflict = null;
        services.settled(entry);
        if (desired.get(entry.id()) == null) {
            queue.addAll(entry.takeReplaced());
        }
        observer.left(left);
    }

    /** How many services a conflict keeps from being right. */
    int conflicts() {
        return (int) services.entries().stream()
                .filter(entry -> entry.conflict != null)
                .count();
    }
}
