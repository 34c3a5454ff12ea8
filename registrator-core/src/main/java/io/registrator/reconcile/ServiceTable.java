package io.registrator.reconcile;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop's picture of the registry: an entry for each service that it has, or that is to be written there. One write of a
 * service is under way at a time.
 */
final class ServiceTable {
    private static final int WRITES_AT_ONCE = 8;
    private static final int FORBIDDEN = 403;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(1);

    private final ServiceRegistry registry;
    private final Planner planner;
    private final LoopContext context;
    private final Consumer<ServiceId> replan;
    private final Consumer<Boolean> listed;
    private final PeerHealth health;
    private final Listing<ImmutableMap<ServiceId, ObservedService>> listing;
    private final Backoff backoff;

    private final Map<ServiceId, ServiceEntry> entries = new HashMap<>();

    /** Those whose last write failed. */
    private final Set<ServiceEntry> failing = new LinkedHashSet<>();

    private int writing;
    private Instant lastListing = Instant.MIN;

    /**
     * Asks for nothing yet.
     *
     * @param replan runs on the loop's thread for each service about which there is something new to decide
     * @param listed runs on the loop's thread after each listing; is told whether all services of ours have vanished
     */
    ServiceTable(
            ServiceRegistry registry,
            Planner planner,
            LoopContext context,
            Consumer<ServiceId> replan,
            Consumer<Boolean> listed) {
        this.registry = registry;
        this.planner = planner;
        this.context = context;
        this.replan = replan;
        this.listed = listed;
        this.health = new PeerHealth(Peer.REGISTRY, context, this::connected);
        this.listing = new Listing<>(registry::list, this::listed, this::unreachable, context);
        this.backoff = context.backoff(FIRST_WAIT, LONGEST_WAIT);
    }

    /** Begins a full pass: lists now, and gives what was refused another chance. */
    void beginPass() {
        listing.want(context.now());
        forgetRefusals();
    }

    private void forgetRefusals() {
        entries.values().forEach(entry -> entry.refused = null);
    }

    /** Wants a listing soon, but not one after the other for every hint. */
    void relistSoon() {
        Instant earliest = lastListing.equals(Instant.MIN) ? context.now() : lastListing.plus(BETWEEN_LISTINGS);
        listing.want(earliest);
    }

    void advance(Instant now) {
        if (listing.advance(now)) {
            lastListing = now;
            for (ServiceEntry entry : entries.values()) {
                entry.writtenSinceListing = entry.writing != null;
                entry.lookedAt = entry.mistaken;
            }
        }
        release(now).forEach(replan);
    }

    /** Ends the waits that are due, and returns whose they were. */
    private ImmutableList<ServiceId> release(Instant now) {
        return failing.stream()
                .filter(entry -> entry.retry.release(now))
                .map(ServiceEntry::id)
                .collect(toImmutableList());
    }

    /**
     * Starts a write. The caller has made sure that there is room, and none under way for this service.
     *
     * @param condition what we know of a service that is registered
     */
    void write(Action action, Condition condition) {
        Instant begun = context.now();
        ServiceEntry entry = entry(action.id());
        entry.writing = action;
        entry.writtenSinceListing = true;
        writing++;
        ObservedService decidedOn = entry.observed;
        context.ask(() -> send(action, condition, decidedOn), outcome -> written(entry, action, outcome, begun));
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

    private void written(ServiceEntry entry, Action action, Outcome<Done> outcome, Instant begun) {
        entry.writing = null;
        writing--;
        switch (outcome) {
            case Outcome.Success<Done>(Done done) when done == Done.SKIPPED -> skipped(entry);
            case Outcome.Success<Done> done -> succeeded(entry, action, begun);
            case Outcome.Failed<Done>(Failure why) -> failed(entry, action, why);
        }
        replan.accept(action.id());
    }

    /** Decided at once, the same would be tried for ever. */
    private void skipped(ServiceEntry entry) {
        entry.mistaken = true;
        var unused = retryLater(entry);
        relistSoon();
    }

    private int retryLater(ServiceEntry entry) {
        failing.add(entry);
        return entry.retry.failed(context.now(), backoff);
    }

    private void succeeded(ServiceEntry entry, Action action, Instant begun) {
        settled(entry);
        entry.unanswered = false;
        ObservedService before = entry.observed;
        String maintenance = before == null ? null : before.maintenance();
        entry.observed = switch (action) {
            case Register register -> register.definition().asObserved().inMaintenance(maintenance);
            case Maintain maintain -> before == null ? null : before.inMaintenance(maintain.reason());
            case Deregister deregister -> null;
        };
        context.observer().applied(action, Duration.between(begun, context.now()));
    }

    /** A write that failed may have been done all the same: only a listing can tell. */
    private void failed(ServiceEntry entry, Action action, Failure why) {
        int attempt = switch (why) {
            case Failure.Transient lost -> {
                entry.unanswered = true;
                relistSoon();
                yield retryLater(entry);
            }
            // A right may be on its way: clusters take a moment to hand a new token on.
            case Failure.Rejected no when no.status() == FORBIDDEN -> retryLater(entry);
            case Failure.Rejected no -> {
                entry.refused = action;
                failing.add(entry);
                yield entry.retry.rejected();
            }
        };
        context.observer().writeFailed(action, why, attempt);
    }

    private void listed(ImmutableMap<ServiceId, ObservedService> rows) {
        context.observer().registryListed(rows);
        boolean lostAll = hasLostAll(rows, health.isDown());
        rows.keySet().forEach(this::entry);
        entries.values().forEach(entry -> take(entry, rows.get(entry.id())));
        entries.values().removeIf(ServiceEntry::isEmpty);
        health.answered(PeerHealth.Question.LISTING);
        listed.accept(lostAll);
    }

    /** What we have written since the listing was asked for, it may show as it was before. */
    private void take(ServiceEntry entry, @Nullable ObservedService now) {
        if (!entry.writtenSinceListing) {
            noticeOtherWriter(entry, now);
            entry.observed = now;
            entry.unanswered = false;
        }
        if (entry.lookedAt) {
            entry.mistaken = false;
        }
    }

    /** One service alone may have been deregistered by somebody, or reaped. */
    private boolean hasLostAll(ImmutableMap<ServiceId, ObservedService> rows, boolean wasAway) {
        ImmutableSet<ServiceId> ours = entries.values().stream()
                .filter(entry -> !entry.writtenSinceListing && isOurs(entry))
                .map(ServiceEntry::id)
                .collect(toImmutableSet());
        boolean lostAll = !ours.isEmpty()
                && ours.stream().noneMatch(rows::containsKey)
                && (ours.size() > 1 || (rows.isEmpty() && wasAway));
        if (lostAll) {
            context.observer().registryLostServices(ours.size(), rows.isEmpty());
        }
        return lostAll;
    }

    private boolean isOurs(ServiceEntry entry) {
        return entry.observed != null && planner.isMine(entry.observed);
    }

    private void connected() {
        forgetRefusals();
        var unused = release(Instant.MAX);
    }

    private void noticeOtherWriter(ServiceEntry entry, @Nullable ObservedService now) {
        ObservedService before = entry.observed;
        if (before == null || now == null || entry.unanswered || !planner.isMine(before) || !planner.isMine(now)) {
            return;
        }
        if (!OwnerMark.in(before.meta()).equals(OwnerMark.in(now.meta()))) {
            context.observer().contested(entry.id());
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
        return writing < WRITES_AT_ONCE;
    }

    /** Nothing is left to be done about this service. */
    void settled(ServiceEntry entry) {
        entry.retry.succeeded();
        failing.remove(entry);
        entry.refused = null;
    }

    /** The entry of this service; a new one, where it is not known yet. */
    ServiceEntry entry(ServiceId id) {
        return entries.computeIfAbsent(id, ServiceEntry::new);
    }

    /** The entry of this service, if something is known of it. */
    @Nullable
    ServiceEntry get(ServiceId id) {
        return entries.get(id);
    }

    /** What the registry has under this ID. */
    @Nullable
    ObservedService observed(ServiceId id) {
        ServiceEntry entry = entries.get(id);
        return entry == null ? null : entry.observed;
    }

    /** All that the registry has, whoever's. */
    ImmutableList<ObservedService> observed() {
        return entries.values().stream()
                .map(entry -> entry.observed)
                .filter(Objects::nonNull)
                .collect(toImmutableList());
    }

    /** All that something is known of. */
    ImmutableList<ServiceEntry> entries() {
        return ImmutableList.copyOf(entries.values());
    }

    /** How many services a failure keeps from being right. */
    int failing() {
        return failing.size();
    }

    /** Whether a write that failed waits to be tried again. */
    boolean isRetrying() {
        return failing.stream().anyMatch(entry -> entry.retry.isWaiting());
    }

    boolean isIdle() {
        return writing == 0;
    }

    /** Whether nothing is under way or due at this time. */
    boolean isSettled(Instant now) {
        return isIdle() && listing.isSettled(now);
    }

    Optional<Instant> nextDue() {
        Optional<Instant> retry =
                failing.stream().flatMap(entry -> entry.retry.due().stream()).min(Instant::compareTo);
        return LoopContext.earliest(listing.nextDue(), retry);
    }
}
