package io.registrator.reconcile;

import io.registrator.model.ObservedService;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the last pass may take. One that deregisters goes on as long as services become fewer, up to a limit that supervisors
 * grant.
 */
final class Farewell {
    private final LoopSettings settings;
    private final Planner planner;
    private final ContainerTracker containers;
    private final ServiceTracker services;
    private final ReconcileObserver observer;
    private @Nullable Instant stopBy;
    private Instant latest = Instant.MAX;
    private int left;

    Farewell(
            LoopSettings settings,
            Planner planner,
            ContainerTracker containers,
            ServiceTracker services,
            ReconcileObserver observer) {
        this.settings = settings;
        this.planner = planner;
        this.containers = containers;
        this.services = services;
        this.observer = observer;
    }

    /** The end was asked for. */
    void begin(Instant now) {
        latest = now.plus(settings.longestFarewell());
        left = services.size();
        extend(now);
    }

    /** Gives a pass that has made progress more time. */
    void advance(Instant now) {
        if (isLeaving() && services.size() < left) {
            left = services.size();
            extend(now);
        }
    }

    /** Whoever asked for everything to be deregistered must not believe that it has been. */
    void end() {
        long forgotten = isLeaving()
                ? services.ids().stream()
                        .flatMap(id -> Optional.ofNullable(services.get(id)).stream())
                        .filter(this::isToGo)
                        .count()
                : 0;
        if (forgotten > 0) {
            observer.leftRegistered((int) forgotten);
        }
    }

    private boolean isToGo(ObservedService service) {
        return OwnerMark.in(service.meta())
                .map(mark -> planner.decide(service.id(), null, service, containers.get(mark.container())))
                .filter(Decision.Action.class::isInstance)
                .isPresent();
    }

    private void extend(Instant now) {
        Instant next = now.plus(settings.farewell());
        stopBy = next.isBefore(latest) ? next : latest;
    }

    boolean hasBegun() {
        return stopBy != null;
    }

    /** Whether all services of ours are to go. */
    boolean isLeaving() {
        return hasBegun() && settings.deregisterOnExit();
    }

    boolean isLate(Instant now) {
        return stopBy != null && !now.isBefore(stopBy);
    }

    /** When it is over at the latest; {@code otherwise} while the end has not been asked for. */
    Instant dueOr(Instant otherwise) {
        return stopBy == null ? otherwise : stopBy;
    }
}
