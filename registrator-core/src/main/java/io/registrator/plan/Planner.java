package io.registrator.plan;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one service at a time. Fails closed: what is not provably ours is never overwritten or removed. After
 * its action has been applied, the next decision is {@link Decision.InSync} or {@link Decision.LeaveAlone}.
 */
public final class Planner {
    private final PlanPolicy policy;

    public Planner(PlanPolicy policy) {
        this.policy = policy;
    }

    /** What to do about the service {@code id} where it is not to be in maintenance. */
    public Decision decide(
            ServiceId id,
            @Nullable ServiceDefinition desired,
            @Nullable ObservedService observed,
            @Nullable ContainerSnapshot container) {
        return decide(id, desired, null, observed, container, FormerNodes.NONE);
    }

    /**
     * What to do about the service {@code id}.
     *
     * @param desired null when no container gives this service
     * @param maintenance why the desired service is to be out of service; null for not
     * @param observed null when the registry does not have it
     * @param container the one that {@code observed} was registered for, null when the engine does not have it; of a
     *     service without a mark, its {@linkplain #claimant claimant}
     * @param former whether the owner of {@code observed} may have been this host
     */
    public Decision decide(
            ServiceId id,
            @Nullable ServiceDefinition desired,
            @Nullable String maintenance,
            @Nullable ObservedService observed,
            @Nullable ContainerSnapshot container,
            FormerNodes former) {
        if (desired != null) {
            return wanted(OwnerMark.stamp(desired, policy.owner()), maintenance, observed, container, former);
        }
        return observed == null
                ? new Decision.LeaveAlone(id, Decision.LeaveAlone.Why.ABSENT)
                : unwanted(observed, container, former);
    }

    /** Whether services go with their container however it ends, so that they may also go a little before. */
    public boolean removesWhatStops() {
        return policy.deregister() == DeregisterPolicy.ALWAYS;
    }

    /**
     * The running container that a predecessor's service is still of, whether it gives services of ours or not. Empty for
     * services with a mark, and where those of predecessors are not removed anyway.
     *
     * @param byName finds a container
     */
    public Optional<ContainerSnapshot> claimant(
            ObservedService service, Function<String, Optional<ContainerSnapshot>> byName) {
        return isPredecessors(service) ? Predecessor.runningFor(service, policy.owner(), byName) : Optional.empty();
    }

    private boolean isPredecessors(ObservedService service) {
        return policy.cleanup()
                && Ownership.of(service, policy.owner()) instanceof Ownership.Foreign
                && Predecessor.mayHaveLeft(service, policy.owner());
    }

    /** The node ID of another instance that the service was registered by; empty for our own, and what nobody marked. */
    public Optional<OwnerMark> otherInstance(ObservedService service) {
        return Ownership.of(service, policy.owner()) instanceof Ownership.OtherInstance other
                ? Optional.of(other.mark())
                : Optional.empty();
    }

    /** Whether this service carries our mark: asked once more right before it is removed. */
    public boolean isMine(ObservedService service) {
        return Ownership.of(service, policy.owner()) instanceof Ownership.Mine;
    }

    /** Whether {@code action}, decided on an earlier look, may still remove {@code service} as it is now. */
    public boolean stillHolds(Decision.Deregister action, ObservedService service) {
        return switch (action.why()) {
            case STALE, TAKEN_OVER ->
                Ownership.of(service, policy.owner()).equals(Ownership.of(action.observed(), policy.owner()));
            case DANGLING -> service.equals(action.observed().inMaintenance(service.maintenance()));
        };
    }

    /**
     * Whether what the registry has now may be overwritten, decided on an earlier look: what is ours may, and so may what
     * was there already and still is as it was.
     *
     * @param decidedOn what the registry had when that was decided; null for nothing
     * @param now null for nothing
     */
    public boolean mayStillReplace(@Nullable ObservedService decidedOn, @Nullable ObservedService now) {
        if (now == null || isMine(now)) {
            return true;
        }
        if (decidedOn == null) {
            return false;
        }
        Ownership ownership = Ownership.of(now, policy.owner());
        return ownership instanceof Ownership.OtherInstance
                ? ownership.equals(Ownership.of(decidedOn, policy.owner()))
                : now.equals(decidedOn.inMaintenance(now.maintenance()));
    }

    /** Whether a service's maintenance may be changed, where it is in one for {@code seen} or, null, in none. */
    public boolean mayMaintain(@Nullable String seen) {
        return Maintenance.mayReplace(seen);
    }

    private Decision wanted(
            ServiceDefinition definition,
            @Nullable String maintenance,
            @Nullable ObservedService observed,
            @Nullable ContainerSnapshot container,
            FormerNodes former) {
        if (observed == null) {
            return new Decision.Register(definition, Decision.Register.Why.MISSING);
        }
        Ownership ownership = Ownership.of(observed, policy.owner());
        return switch (ownership) {
            case Ownership.Mine(OwnerMark mark) -> mine(definition, maintenance, observed, mark);
            case Ownership.OtherInstance(OwnerMark mark)
            when mayTakeOver(mark, container, former) ->
                new Decision.Register(definition, Decision.Register.Why.TAKEN_OVER);
            case Ownership.OtherInstance other -> new Decision.Conflict(definition, observed, other);
            case Ownership.Foreign foreign ->
                Predecessor.left(observed, definition, policy.owner())
                        ? new Decision.Register(definition, Decision.Register.Why.ADOPTED)
                        : new Decision.Conflict(definition, observed, foreign);
        };
    }

    private static Decision mine(
            ServiceDefinition definition, @Nullable String maintenance, ObservedService observed, OwnerMark mark) {
        if (Comparison.same(definition, observed)) {
            return same(definition, maintenance, observed);
        }
        boolean asWeWantIt = OwnerMark.in(definition.meta()).stream().anyMatch(mark::equals);
        return new Decision.Register(
                definition, asWeWantIt ? Decision.Register.Why.ALTERED : Decision.Register.Why.CHANGED);
    }

    private static Decision same(ServiceDefinition definition, @Nullable String maintenance, ObservedService observed) {
        if (observed.outdatedToken()) {
            return new Decision.Register(definition, Decision.Register.Why.REAUTHORIZED);
        }
        return Maintenance.mustChange(observed.maintenance(), maintenance)
                ? new Decision.Maintain(definition, maintenance)
                : new Decision.InSync(definition);
    }

    private Decision unwanted(ObservedService observed, @Nullable ContainerSnapshot container, FormerNodes former) {
        return switch (Ownership.of(observed, policy.owner())) {
            case Ownership.Mine mine ->
                policy.deregister().allowsRemoval(container)
                        ? new Decision.Deregister(observed, Decision.Deregister.Why.STALE)
                        : new Decision.LeaveAlone(observed.id(), Decision.LeaveAlone.Why.KEPT_BY_POLICY);
            case Ownership.OtherInstance(OwnerMark mark) ->
                mayTakeOver(mark, container, former)
                        ? new Decision.Deregister(observed, Decision.Deregister.Why.TAKEN_OVER)
                        : notMine(observed);
            case Ownership.Foreign foreign ->
                container == null && isPredecessors(observed)
                        ? new Decision.Deregister(observed, Decision.Deregister.Why.DANGLING)
                        : notMine(observed);
        };
    }

    /** What runs here and gives no service of ours keeps the one that it has. */
    private boolean mayTakeOver(OwnerMark mark, @Nullable ContainerSnapshot container, FormerNodes former) {
        boolean running = container != null && container.state().isRunning();
        return former.wasCalled(mark.owner()) && (running ? former.givesServices(mark.container()) : policy.cleanup());
    }

    private static Decision notMine(ObservedService observed) {
        return new Decision.LeaveAlone(observed.id(), Decision.LeaveAlone.Why.NOT_MINE);
    }
}
