package io.registrator.reconcile;

import io.registrator.model.ObservedService;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the last pass may take. One that deregisters goes on as long as services become fewer, up to a limit that supervisors
 * grant.
 */
final class Shutdown {
    private final LoopSettings settings;
    private final Planner planner;
    private final EngineCache containers;
    private final ServiceTable services;
    private final ReconcileObserver observer;
    private @Nullable Instant stopBy;
    private Instant latest = Instant.MAX;
    private int left;

    Shutdown(
            LoopSettings settings,
            Planner planner,
            EngineCache containers,
            ServiceTable services,
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
        left = services.observed().size();
        extend(now);
    }

    /** Gives a pass that has made progress more time. */
    void advance(Instant now) {
        if (isLeaving() && services.observed().size() < left) {
            left = services.observed().size();
            extend(now);
        }
    }

    /** Whoever asked for everything to be deregistered must not believe that it has been. */
    void end() {
        long forgotten =
                isLeaving() ? services.observed().stream().filter(this::isToGo).count() : 0;
        if (forgotten > 0) {
            observer.leftRegistered((int) forgotten);
        }
    }

    private boolean isToGo(ObservedService service) {
        return OwnerMark.in(service.meta())
                .map(mark -> planner.decide(service.id(), null, service, containers.snapshot(mark.container())))
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
