package io.registrator.reconcile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.registrator.model.Condition;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision.Action;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.Decision.Maintain;
import io.registrator.plan.Decision.Register;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import io.registrator.reconcile.ServiceRegistry.Done;
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
 * The loop's picture of the registry: the last listing, with what we have written since on top; the writes under way, one
 * a service; and what has failed.
 */
final class ServiceTracker {
    private static final int WRITES_AT_ONCE = 8;
    private static final int FORBIDDEN = 403;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(1);

    private final ServiceRegistry registry;
    private final Planner planner;
    private final Surroundings around;
    private final Consumer<ServiceId> replan;
    private final Consumer<Boolean> listed;
    private final PeerHealth health;
    private final Listing<ImmutableMap<ServiceId, ObservedService>> listing;
    private final Retries<ServiceId> retries;

    private final Map<ServiceId, Action> writing = new HashMap<>();
    private final Map<ServiceId, Action> rejected = new HashMap<>();
    private final Set<ServiceId> writtenSinceListing = new HashSet<>();
    /** Of which nobody knows whether the last write arrived. */
    private final Set<ServiceId> unanswered = new HashSet<>();

    /** Other than we thought: nothing is written before a listing that begins later shows how they are. */
    private final Set<ServiceId> mistaken = new HashSet<>();
    /** Those that the listing under way shows. */
    private final Set<ServiceId> lookedAt = new HashSet<>();

    private Map<ServiceId, ObservedService> observed = new HashMap<>();
    private Instant lastListing = Instant.MIN;

    /**
     * Asks for nothing yet.
     *
     * @param replan runs on the loop's thread for each service about which there is something new to decide
     * @param listed runs on the loop's thread after each listing; is told whether all services of ours have vanished
     */
    ServiceTracker(
            ServiceRegistry registry,
            Planner planner,
            Surroundings around,
            Consumer<ServiceId> replan,
            Consumer<Boolean> listed) {
        this.registry = registry;
        this.planner = planner;
        this.around = around;
        this.replan = replan;
        this.listed = listed;
        this.health = new PeerHealth(Peer.REGISTRY, around, this::connected);
        this.listing = new Listing<>(registry::list, this::listed, this::unreachable, around);
        this.retries = new Retries<>(around.backoff(FIRST_WAIT, LONGEST_WAIT));
    }

    /** Begins a full pass: lists now, and gives what was rejected another chance. */
    void beginPass() {
        listing.want(around.now());
        rejected.clear();
    }

    /** Wants a listing soon, but not one after the other for every hint. */
    void relistSoon() {
        Instant earliest = lastListing.equals(Instant.MIN) ? around.now() : lastListing.plus(BETWEEN_LISTINGS);
        listing.want(earliest);
    }

    void advance(Instant now) {
        if (listing.advance(now)) {
            lastListing = now;
            writtenSinceListing.clear();
            writtenSinceListing.addAll(writing.keySet());
            lookedAt.clear();
            lookedAt.addAll(mistaken);
        }
        retries.release(now).forEach(replan);
    }

    /**
     * Starts a write. The caller has made sure that there is room, and none under way for this service.
     *
     * @param condition what we know of a service that is registered
     */
    void write(Action action, Condition condition) {
        Instant begun = around.now();
        writing.put(action.id(), action);
        writtenSinceListing.add(action.id());
        ObservedService decidedOn = observed.get(action.id());
        around.requests().ask(() -> send(action, condition, decidedOn), outcome -> written(action, outcome, begun));
    }

    private Outcome<Done> send(Action action, Condition condition, @Nullable ObservedService decidedOn) {
        return switch (action) {
            case Register register ->
                registry.register(
                        register.definition(),
                        condition,
                        before -> planner.mayStillReplace(decidedOn, before.orElse(null)));
            case Maintain maintain ->
                registry.maintain(
                        maintain.definition(), maintain.reason(), seen -> planner.mayMaintain(seen.orElse(null)));
            case Deregister deregister ->
                registry.deregister(action.id(), service -> planner.stillHolds(deregister, service));
        };
    }

    private void written(Action action, Outcome<Done> outcome, Instant begun) {
        writing.remove(action.id());
        switch (outcome) {
            case Outcome.Success<Done>(Done done) -> succeeded(action, done, begun);
            case Outcome.Failed<Done>(Failure why) -> failed(action, why);
        }
        replan.accept(action.id());
    }

    private void succeeded(Action action, Done done, Instant begun) {
        if (done == Done.SKIPPED) {
            // Decided at once, the same would be tried for ever.
            mistaken.add(action.id());
            var unused = retries.failed(action.id(), around.now());
            relistSoon();
            return;
        }
        settled(action.id());
        unanswered.remove(action.id());
        ObservedService before = observed.get(action.id());
        String maintenance = before == null ? null : before.maintenance();
        switch (action) {
            case Register register ->
                observed.put(action.id(), register.definition().asObserved().inMaintenance(maintenance));
            case Maintain maintain ->
                observed.computeIfPresent(action.id(), (id, seen) -> seen.inMaintenance(maintain.reason()));
            case Deregister deregister -> observed.remove(action.id());
        }
        around.observer().applied(action, Duration.between(begun, around.now()));
    }

    /** A write that failed may have been done all the same: only a listing can tell. */
    private void failed(Action action, Failure why) {
        int attempt = switch (why) {
            case Failure.Transient lost -> {
                unanswered.add(action.id());
                relistSoon();
                yield retries.failed(action.id(), around.now());
            }
            // A right may be on its way: clusters take a moment to hand a new token on.
            case Failure.Rejected no when no.status() == FORBIDDEN -> retries.failed(action.id(), around.now());
            case Failure.Rejected no -> {
                rejected.put(action.id(), action);
                yield retries.rejected(action.id(), around.now());
            }
        };
        around.observer().writeFailed(action, why, attempt);
    }

    private void listed(ImmutableMap<ServiceId, ObservedService> rows) {
        around.observer().registryListed(rows);
        Map<ServiceId, ObservedService> merged = new HashMap<>(rows);
        writtenSinceListing.forEach(id -> replace(merged, id, observed.get(id)));
        merged.forEach(this::noticeOtherWriter);
        boolean lostAll = hasLostAll(rows, health.isDown());
        unanswered.retainAll(writtenSinceListing);
        mistaken.removeAll(lookedAt);
        observed = merged;
        health.answered(PeerHealth.Question.LISTING);
        listed.accept(lostAll);
    }

    /** One service alone may have been deregistered by somebody, or reaped. */
    private boolean hasLostAll(ImmutableMap<ServiceId, ObservedService> rows, boolean wasAway) {
        Set<ServiceId> settled = Sets.difference(observed.keySet(), writtenSinceListing);
        long ours = settled.stream().filter(this::isOurs).count();
        boolean lostAll = ours > 0
                && settled.stream().filter(this::isOurs).noneMatch(rows::containsKey)
                && (ours > 1 || (rows.isEmpty() && wasAway));
        if (lostAll) {
            around.observer().registryLostServices((int) ours, rows.isEmpty());
        }
        return lostAll;
    }

    private boolean isOurs(ServiceId id) {
        ObservedService service = observed.get(id);
        return service != null && planner.isMine(service);
    }

    private void connected() {
        rejected.clear();
        retries.releaseAll();
    }

    private static void replace(
            Map<ServiceId, ObservedService> services, ServiceId id, @Nullable ObservedService service) {
        if (service == null) {
            services.remove(id);
        } else {
            services.put(id, service);
        }
    }

    private void noticeOtherWriter(ServiceId id, ObservedService now) {
        ObservedService before = observed.get(id);
        if (before == null || unanswered.contains(id) || !planner.isMine(before) || !planner.isMine(now)) {
            return;
        }
        if (!OwnerMark.in(before.meta()).equals(OwnerMark.in(now.meta()))) {
            around.observer().contested(id);
        }
    }

    private void unreachable(Failure why, Instant asked) {
        health.failed(PeerHealth.Question.LISTING, new PeerFault.NoAnswer(why), asked);
    }

    /** Whether writes make sense now: the registry has been listed, and answered last time. */
    boolean isWritable() {
        return health.isUp();
    }

    boolean hasRoom() {
        return writing.size() < WRITES_AT_ONCE;
    }

    boolean isWriting(ServiceId id) {
        return writing.containsKey(id);
    }

    /** Whether this very action was rejected in this pass, or is waiting for a listing or to be tried again. */
    boolean isHeld(Action action) {
        return mistaken.contains(action.id())
                || action.equals(rejected.get(action.id()))
                || retries.isWaiting(action.id());
    }

    /** Nothing is left to be done about this service. */
    void settled(ServiceId id) {
        retries.succeeded(id);
        rejected.remove(id);
    }

    @Nullable
    ObservedService get(ServiceId id) {
        return observed.get(id);
    }

    /** How many services the registry has, whoever's. */
    int size() {
        return observed.size();
    }

    ImmutableSet<ServiceId> ids() {
        return ImmutableSet.copyOf(observed.keySet());
    }

    /** Whether the last write of this service failed. */
    boolean hasFailed(ServiceId id) {
        return retries.hasFailed(id);
    }

    /** How many services a failure keeps from being right. */
    int failing() {
        return retries.size();
    }

    /** Whether a write that failed waits to be tried again. */
    boolean isRetrying() {
        return retries.nextDue().isPresent();
    }

    boolean isIdle() {
        return writing.isEmpty();
    }

    /** Whether nothing is under way or due at this time. */
    boolean isSettled(Instant now) {
        return isIdle() && listing.isSettled(now);
    }

    Optional<Instant> nextDue() {
        return Moments.earlier(listing.nextDue(), retries.nextDue());
    }
}
