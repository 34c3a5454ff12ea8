package io.registrator.reconcile;

import io.registrator.derive.DerivedService;
import io.registrator.model.Condition;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Drain;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Decision;
import io.registrator.plan.Maintenance;
import io.registrator.plan.OwnerMark;
import io.registrator.reconcile.EngineEvent.Signalled;
import io.registrator.reconcile.Readiness.Vanished;
import io.registrator.reconcile.Readiness.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says which of the services that containers give may be in discovery at this moment: those that can serve, of containers
 * that have not been asked to stop. What is registered already for its container stays, whether it can serve or not: its
 * checks tell.
 */
final class Gate {
    private final EngineCache containers;
    private final ServiceTable services;
    private final boolean knowsMaintenance;
    private final boolean drains;
    private final LoopContext context;
    private final Consumer<ContainerId> reconsider;
    private final Readiness readiness;

    /** The containers whose drain is not over. */
    private final Set<ContainerEntry> draining = new HashSet<>();

    /**
     * @param knowsMaintenance whether the registry can take services out of service without deregistering them
     * @param drains whether services go with their container however it ends, so that they may go a little before
     * @param replan runs on the loop's thread for each service about which there is something new
     * @param reconsider runs on the loop's thread for each container that begins or ends to drain
     */
    Gate(
            Readiness readiness,
            EngineCache containers,
            ServiceTable services,
            boolean knowsMaintenance,
            boolean drains,
            LoopContext context,
            Consumer<ContainerId> reconsider) {
        this.readiness = readiness;
        this.containers = containers;
        this.services = services;
        this.knowsMaintenance = knowsMaintenance;
        this.drains = drains;
        this.context = context;
        this.reconsider = reconsider;
    }

    /** Whether the service is not to be taken away for what happens to its container. */
    boolean isOffered(DerivedService service) {
        ContainerEntry container = containers.get(containerOf(service));
        if (container == null) {
            return true;
        }
        boolean drained = container.isDraining()
                && switch (service.lifecycle().drain()) {
                    case DEREGISTER -> true;
                    case MAINTENANCE -> !knowsMaintenance;
                    case OFF -> false;
                };
        return !drained && (knowsMaintenance || !container.isPaused());
    }

    /** Why the service is to be in maintenance; null for not. */
    @Nullable
    String maintenance(DerivedService service) {
        ContainerEntry container = containers.get(containerOf(service));
        if (container == null) {
            return null;
        }
        if (container.isDraining() && service.lifecycle().drain() == Drain.MAINTENANCE) {
            return Maintenance.stopping(service.definition().container());
        }
        return container.isPaused() ? Maintenance.paused(service.definition().container()) : null;
    }

    /** Whether the service may be registered in the place of what the registry has under its ID; begins to ask its port. */
    Verdict admit(ServiceEntry entry, DerivedService want) {
        ContainerSnapshot container = containers.snapshot(containerOf(want));
        if (container == null || !isNewFor(want, entry.observed)) {
            return Verdict.UNPROVEN;
        }
        boolean vanished = entry.observed == null && containerOf(want).equals(entry.registeredFor);
        Vanished how = !vanished || !isReapable(want)
                ? Vanished.NOT
                : entry.lostWithOthers ? Vanished.WITH_ALL_OTHERS : Vanished.ALONE;
        return readiness.of(entry, want, container, how);
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
        ContainerSnapshot container = containers.snapshot(service.container().id());
        ServiceEntry entry = services.get(service.id());
        boolean answered = entry != null && entry.wait != null && entry.wait.hasAnswered();
        return container == null ? Condition.UNKNOWN : new Condition(answered, container.health());
    }

    /** The registry has the service. */
    void registered(ServiceEntry entry, ServiceDefinition service) {
        entry.registeredFor = service.container().id();
        entry.lostWithOthers = false;
        readiness.forget(entry);
    }

    /** The registry has lost all services of ours at once: what is missing there was not reaped. */
    void lostAll() {
        services.entries().forEach(entry -> entry.lostWithOthers = entry.registeredFor != null);
    }

    /** Nobody wants the service any more, or somebody else has its ID. */
    void forget(ServiceEntry entry) {
        entry.registeredFor = null;
        entry.lostWithOthers = false;
        readiness.forget(entry);
    }

    /** What no listing shows is taken from the event itself: the container is about to end. */
    void signalled(Signalled signal) {
        if (!drains) {
            return;
        }
        ContainerEntry container = containers.get(signal.container());
        if (container != null && container.snapshot() != null && signal.ends(container.snapshot())) {
            drain(container, container.snapshot(), signal);
        } else if (!containers.isResolved(signal.container())) {
            containers.entry(signal.container()).keep(signal);
        }
    }

    /** A container has been looked at: now it can be told what its signals mean. */
    void looked(ContainerEntry container) {
        if (container.draining != null && !container.draining.isOfRun(container.snapshot())) {
            container.draining = null;
            draining.remove(container);
        }
    }

    private void drain(ContainerEntry entry, ContainerSnapshot container, Signalled signal) {
        entry.services().stream()
                .map(DerivedService::lifecycle)
                .filter(lifecycle -> lifecycle.drain() != Drain.OFF)
                .map(lifecycle -> lifecycle.drainFor(container.stop()))
                .max(Comparator.naturalOrder())
                .ifPresent(grace -> {
                    begin(entry, Draining.begin(container, signal, grace, context.now()));
                    reconsider.accept(entry.id());
                });
    }

    /** Streams replay signals: one that is known changes nothing, and one whose time is up already is believed no more. */
    private void begin(ContainerEntry entry, Draining drain) {
        Draining before = entry.draining;
        if (before != null && !drain.signal().at().isAfter(before.signal().at())) {
            return;
        }
        entry.draining = drain;
        if (drain.over()) {
            draining.remove(entry);
        } else if (draining.add(entry)) {
            tell(drain);
        }
    }

    private void tell(Draining drain) {
        if (drain.isKill()) {
            context.observer().killed(drain.container().ref());
        } else {
            context.observer().draining(drain.container().ref(), drain.grace());
        }
    }

    boolean isDraining(ContainerId id) {
        ContainerEntry container = containers.get(id);
        return container != null && container.isDraining();
    }

    /** Goes on asking those services that have to wait, and ends the drain of containers that have not stopped in time. */
    void advance(Instant now) {
        for (ContainerEntry entry : List.copyOf(draining)) {
            Draining drain = entry.draining;
            if (drain != null && !now.isBefore(drain.until())) {
                context.observer().drainedInVain(drain.container().ref());
                entry.draining = drain.outlived();
                draining.remove(entry);
                reconsider.accept(entry.id());
            }
        }
    }

    void probe(Instant now) {
        readiness.advance(now);
    }

    Optional<Instant> nextDue() {
        Optional<Instant> drained = draining.stream()
                .flatMap(entry -> Optional.ofNullable(entry.draining).stream())
                .map(Draining::until)
                .min(Instant::compareTo);
        return LoopContext.earliest(readiness.nextDue(), drained);
    }

    private static ContainerId containerOf(DerivedService service) {
        return service.definition().container().id();
    }
}
