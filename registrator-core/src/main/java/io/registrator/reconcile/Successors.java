package io.registrator.reconcile;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.util.Optional;
import java.util.Set;

/**
 * Removals that wait until a service that takes the removed one's place has been written: a container that runs on under
 * another name is never without a service.
 */
final class Successors {
    private final DesiredTracker desired;
    private final ServiceTracker services;
    private final Planner planner;
    private final SetMultimap<ServiceId, ServiceId> replaced = HashMultimap.create();

    Successors(DesiredTracker desired, ServiceTracker services, Planner planner) {
        this.planner = planner;
        this.desired = desired;
        this.services = services;
    }

    /** The service to be written first; empty when the removal need not wait. */
    Optional<ServiceId> of(Deregister removal) {
        Optional<ServiceId> successor =
                OwnerMark.in(removal.observed().meta()).map(mark -> desired.claimedBy(mark.container())).stream()
                        .flatMap(Set::stream)
                        .filter(id -> isAwaited(id, removal))
                        .findFirst();
        successor.ifPresent(id -> replaced.put(id, removal.id()));
        return successor;
    }

    /** What we would not register again if its successor failed waits as long as it takes. */
    private boolean isAwaited(ServiceId successor, Deregister removal) {
        ObservedService have = services.get(successor);
        return removal.why() == Deregister.Why.TAKEN_OVER
                ? have == null || !planner.isMine(have)
                : have == null && !services.hasFailed(successor);
    }

    /** There is something new about this service; those that waited for it are to be planned again. */
    ImmutableSet<ServiceId> release(ServiceId successor) {
        return ImmutableSet.copyOf(replaced.removeAll(successor));
    }
}
