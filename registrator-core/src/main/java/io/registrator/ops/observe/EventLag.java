package io.registrator.ops.observe;

import com.google.common.collect.ImmutableSet;
import io.registrator.derive.ContainerDerivation;
import io.registrator.model.ContainerId;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.reconcile.ReconcileObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures how long it takes from the moment when an event, or a listing, says that a container has changed, until each
 * service that this changes has been written.
 */
public final class EventLag implements ReconcileObserver {
    private final LongSupplier nanoTime;
    private final Consumer<Duration> measured;
    private final Map<ContainerId, Long> marks = new HashMap<>();
    private final Map<ContainerId, ImmutableSet<ServiceId>> given = new HashMap<>();
    private final Map<ServiceId, Long> underWay = new HashMap<>();
    private volatile int dirty;

    /** @param measured is told on the loop's thread */
    public EventLag(LongSupplier nanoTime, Consumer<Duration> measured) {
        this.nanoTime = nanoTime;
        this.measured = measured;
    }

    /** How many containers have to be looked at. From any thread. */
    public int dirty() {
        return dirty;
    }

    @Override
    public void marked(ImmutableSet<ContainerId> containers) {
        long now = nanoTime.getAsLong();
        containers.forEach(id -> marks.putIfAbsent(id, now));
        dirty = marks.size();
    }

    @Override
    public void looked(ContainerId container) {
        marks.remove(container);
        dirty = marks.size();
    }

    @Override
    public void derived(ContainerDerivation derivation) {
        ImmutableSet<ServiceId> now = derivation.services().stream()
                .map(service -> service.definition().id())
                .collect(ImmutableSet.toImmutableSet());
        begin(derivation.container().id(), now);
        given.put(derivation.container().id(), now);
    }

    @Override
    public void forgotten(ContainerId id) {
        begin(id, ImmutableSet.of());
        given.remove(id);
    }

    private void begin(ContainerId container, ImmutableSet<ServiceId> now) {
        Long mark = marks.get(container);
        if (mark != null) {
            Set<ServiceId> changed = new HashSet<>(given.getOrDefault(container, ImmutableSet.of()));
            changed.addAll(now);
            changed.forEach(id -> underWay.put(id, mark));
        }
    }

    @Override
    public void applied(Decision.Action action, Duration took) {
        Long mark = underWay.remove(action.id());
        if (mark != null) {
            measured.accept(Duration.ofNanos(nanoTime.getAsLong() - mark));
        }
    }

    @Override
    public void inSync(ServiceDefinition service) {
        underWay.remove(service.id());
    }

    @Override
    public void left(Decision.LeaveAlone decision) {
        underWay.remove(decision.id());
    }

    /** What has to wait for its application says nothing about us. */
    @Override
    public void waiting(ServiceDefinition service, String forWhat) {
        underWay.remove(service.id());
    }

    @Override
    public void conflict(Decision.Conflict conflict) {
        underWay.remove(conflict.id());
    }
}
