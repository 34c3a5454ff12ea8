package io.registrator.reconcile;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Table;
import io.registrator.derive.DerivedService;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Drain;
import io.registrator.reconcile.EngineEvent.Signalled;
import java.util.Comparator;
import java.util.function.Consumer;

/** Begins to drain the containers that are sent a signal by which they end: no inspect would show that. */
final class StopSignals {
    private final ContainerTracker containers;
    private final DesiredTracker desired;
    private final Admission admission;
    private final boolean drains;
    private final Consumer<ContainerId> reconsider;

    /** The last signal of each number to containers of which it is not known how they are now. */
    private final Table<ContainerId, Integer, Signalled> unsettled = HashBasedTable.create();

    /** @param drains whether services go with their container however it ends, so that they may go a little before */
    StopSignals(
            ContainerTracker containers,
            DesiredTracker desired,
            Admission admission,
            boolean drains,
            Consumer<ContainerId> reconsider) {
        this.containers = containers;
        this.desired = desired;
        this.admission = admission;
        this.drains = drains;
        this.reconsider = reconsider;
    }

    /** What no listing shows is taken from the event itself: the container is about to end. */
    void signalled(Signalled signal) {
        if (drains && !apply(signal) && !containers.isResolved(signal.container())) {
            unsettled.put(signal.container(), signal.number(), signal);
        }
    }

    /** A container has been looked at: now it can be told what its signals mean. */
    void looked(ContainerId id) {
        ImmutableList<Signalled> waiting = ImmutableList.sortedCopyOf(
                Comparator.comparing(Signalled::at), unsettled.row(id).values());
        unsettled.row(id).clear();
        waiting.forEach(this::signalled);
    }

    /** The engine has been listed: those that it does not have, and that nobody will look at, were sent their signals in vain. */
    void listed() {
        unsettled.rowKeySet().removeIf(containers::isResolved);
    }

    /** Whether it ends the container as we know it. */
    private boolean apply(Signalled signal) {
        ContainerSnapshot container = containers.get(signal.container());
        if (container == null || !signal.ends(container)) {
            return false;
        }
        drain(container, signal);
        return true;
    }

    private void drain(ContainerSnapshot container, Signalled signal) {
        desired.servicesOf(container.id()).stream()
                .map(DerivedService::lifecycle)
                .filter(lifecycle -> lifecycle.drain() != Drain.OFF)
                .map(lifecycle -> lifecycle.drainFor(container.stop()))
                .max(Comparator.naturalOrder())
                .ifPresent(grace -> {
                    admission.drain(container, signal, grace);
                    reconsider.accept(container.id());
                });
    }
}
