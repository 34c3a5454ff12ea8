package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.FormerNodes;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by which node IDs this host was called before, and what has been taken over from them. A service that comes back
 * after that is another instance's: from then on nothing is taken from its node, so that no two instances fight.
 */
final class EarlierNodes implements FormerNodes {
    private final Planner planner;
    private final EngineCache containers;
    private final Derivations desired;
    private final ServiceTable services;
    private final ReconcileObserver observer;

    private final Set<String> former = new HashSet<>();
    private final Set<String> inUse = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /** The nodes of services that are being taken over, and of those that have been. */
    private final Map<ServiceId, String> begun = new HashMap<>();

    private final Map<ServiceId, String> taken = new HashMap<>();
    private final Set<String> unsaid = new HashSet<>();

    EarlierNodes(
            Planner planner,
            EngineCache containers,
            Derivations desired,
            ServiceTable services,
            ReconcileObserver observer) {
        this.planner = planner;
        this.containers = containers;
        this.desired = desired;
        this.services = services;
        this.observer = observer;
    }

    @Override
    public boolean wasCalled(String node) {
        return former.contains(node) && !inUse.contains(node);
    }

    @Override
    public boolean givesServices(ContainerId container) {
        return !desired.claimedBy(container).isEmpty();
    }

    /** Takes note of what the registry has under this ID; says whether that proves an earlier name of this host. */
    boolean learn(ServiceId id, @Nullable ObservedService have) {
        Optional<OwnerMark> other = Optional.ofNullable(have).flatMap(planner::otherInstance);
        if (other.isEmpty()) {
            noteTaken(id);
            return false;
        }
        String node = other.get().owner();
        if (node.equals(taken.get(id)) && inUse.add(node)) {
            observer.nodeInUse(node, id);
        }
        return isOfOurs(other.get()) && former.add(node);
    }

    private void noteTaken(ServiceId id) {
        String node = begun.remove(id);
        if (node != null) {
            taken.put(id, node);
            unsaid.add(node);
        }
    }

    private boolean isOfOurs(OwnerMark mark) {
        ContainerSnapshot container = containers.snapshot(mark.container());
        return container != null && container.state().isRunning() && givesServices(mark.container());
    }

    /** A write begins. */
    void writing(Decision.Action action) {
        if (isTakeOver(action)) {
            Optional.ofNullable(services.observed(action.id()))
                    .flatMap(planner::otherInstance)
                    .ifPresent(mark -> begun.put(action.id(), mark.owner()));
        }
    }

    private static boolean isTakeOver(Decision.Action action) {
        return switch (action) {
            case Decision.Register register -> register.why() == Decision.Register.Why.TAKEN_OVER;
            case Decision.Deregister deregister -> deregister.why() == Decision.Deregister.Why.TAKEN_OVER;
            case Decision.Maintain maintain -> false;
        };
    }

    /** Tells, once a node, when all that is to be taken over has been. */
    void tell() {
        if (unsaid.isEmpty() || !begun.isEmpty()) {
            return;
        }
        for (String node : Set.copyOf(unsaid)) {
            List<ObservedService> left = leftOf(node);
            if (left.stream().noneMatch(this::isToBeTaken)) {
                unsaid.remove(node);
                if (wasCalled(node) && told.add(node)) {
                    observer.nodeRenamed(node, Collections.frequency(taken.values(), node), left.size());
                }
            }
        }
    }

    private List<ObservedService> leftOf(String node) {
        return services.observed().stream()
                .filter(service -> planner.otherInstance(service)
                        .filter(mark -> mark.owner().equals(node))
                        .isPresent())
                .toList();
    }

    private boolean isToBeTaken(ObservedService service) {
        ContainerSnapshot container = OwnerMark.in(service.meta())
                .map(mark -> containers.snapshot(mark.container()))
                .orElse(null);
        return planner.decide(service.id(), null, null, service, container, this) instanceof Decision.Action;
    }
}
