package io.registrator.reconcile;

import io.registrator.derive.DerivedService;
import io.registrator.model.Condition;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Drain;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.Maintenance;
import io.registrator.plan.OwnerMark;
import io.registrator.reconcile.EngineEvent.Signalled;
import io.registrator.reconcile.Readiness.Vanished;
import io.registrator.reconcile.Readiness.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says which of the services that containers give may be in discovery at this moment: those that can serve, of containers
 * that have not been asked to stop. What is registered already for its container stays, whether it can serve or not: its
 * checks tell.
 */
final class Admission {
    private final ContainerTracker containers;
    private final boolean knowsMaintenance;
    private final Surroundings around;
    private final Readiness readiness;
    private final Draining draining;

    /** For which container each service was when we last saw it registered as we want it. */
    private final Map<ServiceId, ContainerId> registered = new HashMap<>();

    /** Services that vanished with all others, and are not registered again yet. */
    private final Set<ServiceId> lostTogether = new HashSet<>();

    /**
     * @param knowsMaintenance whether the registry can take services out of service without deregistering them
     * @param replan runs on the loop's thread for each service about which there is something new
     */
    Admission(
            Prober prober,
            ContainerTracker containers,
            boolean knowsMaintenance,
            Surroundings around,
            Consumer<ServiceId> replan) {
        this.containers = containers;
        this.knowsMaintenance = knowsMaintenance;
        this.around = around;
        this.readiness = new Readiness(prober, around, replan);
        this.draining = new Draining(around.observer());
    }

    /** Whether the service is not to be taken away for what happens to its container. */
    boolean isOffered(DerivedService service) {
        ContainerId container = containerOf(service);
        boolean drained = draining.isDraining(container)
                && switch (service.lifecycle().drain()) {
                    case DEREGISTER -> true;
                    case MAINTENANCE -> !knowsMaintenance;
                    case OFF -> false;
                };
        return !drained && (knowsMaintenance || !isPaused(container));
    }

    /** Why the service is to be in maintenance; null for not. */
    @Nullable
    String maintenance(DerivedService service) {
        ContainerId container = containerOf(service);
        if (draining.isDraining(container) && service.lifecycle().drain() == Drain.MAINTENANCE) {
            return Maintenance.stopping(service.definition().container());
        }
        return isPaused(container) ? Maintenance.paused(service.definition().container()) : null;
    }

    /** Whether the service may be registered in the place of what the registry has under its ID. */
    Verdict verdict(DerivedService want, @Nullable ObservedService have) {
        ContainerSnapshot container = containers.get(containerOf(want));
        if (container == null || !isNewFor(want, have)) {
            return Verdict.UNPROVEN;
        }
        ServiceId id = want.definition().id();
        boolean vanished = have == null && containerOf(want).equals(registered.get(id));
        Vanished how = !vanished || !isReapable(want)
                ? Vanished.NOT
                : lostTogether.contains(id) ? Vanished.WITH_ALL_OTHERS : Vanished.ALONE;
        return readiness.of(want, container, how);
    }

    /** What is somebody else's is not ours to wait for. */
    private static boolean isNewFor(DerivedService want, @Nullable ObservedService have) {
        return have == null
                || OwnerMark.in(have.meta())
                        .filter(mark -> !mark.container().equals(containerOf(want)))
                        .isPresent();
    }

    private static boolean isReapable(DerivedService service) {
        return service.definition().checks().stream().anyMatch(check -> check.deregisterAfter() != null);
    }

    /** What we know ourselves of the service that is to be written. */
    Condition conditionFor(Decision.Action action) {
        return action instanceof Decision.Register register ? condition(register.definition()) : Condition.UNKNOWN;
    }

    /** What we know of a service ourselves. */
    Condition condition(ServiceDefinition service) {
        ContainerSnapshot container = containers.get(service.container().id());
        return container == null
                ? Condition.UNKNOWN
                : new Condition(readiness.answered(service.id()), container.health());
    }

    /** The registry has the service. */
    void registered(ServiceDefinition service) {
        registered.put(service.id(), service.container().id());
        lostTogether.remove(service.id());
        readiness.forget(service.id());
    }

    /** The registry has lost all services of ours at once: what is missing there was not reaped. */
    void lostAll() {
        lostTogether.addAll(registered.keySet());
    }

    /** Nobody wants the service any more, or somebody else has its ID. */
    void forget(ServiceId id) {
        registered.remove(id);
        lostTogether.remove(id);
        readiness.forget(id);
    }

    /** A container was sent a signal that ends it, and may take so long for that. */
    void drain(ContainerSnapshot container, Signalled signal, Duration grace) {
        draining.begin(container, signal, grace, around.now());
    }

    boolean isDraining(ContainerId container) {
        return draining.isDraining(container);
    }

    /** A container has been looked at. */
    void looked(ContainerId container) {
        draining.looked(container, containers.get(container));
    }

    /** Goes on asking those services that have to wait. */
    void advance(Instant now) {
        readiness.advance(now);
    }

    /** The containers that were asked to stop and have not done so in time; each is told once. */
    Set<ContainerId> drainedInVain(Instant now) {
        return draining.over(now);
    }

    Optional<Instant> nextDue() {
        return Moments.earlier(readiness.nextDue(), draining.nextDue());
    }

    private boolean isPaused(ContainerId id) {
        ContainerSnapshot container = containers.get(id);
        return container != null && container.state() == ContainerState.PAUSED;
    }

    private static ContainerId containerOf(DerivedService service) {
        return service.definition().container().id();
    }
}
