package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import io.registrator.reconcile.EngineEvent.Died;
import io.registrator.reconcile.PeerHealth.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The loop's cache of the engine: an entry for each container, and a queue of those that are to be inspected. A container
 * stays dirty until an inspect that began after the last mark has succeeded. One inspect of a container is under way at a time.
 */
final class EngineCache {
    private static final int INSPECTS_AT_ONCE = 12;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final ContainerSource source;
    private final LoopContext context;
    private final PeerHealth health;
    private final Listing<ImmutableList<ContainerListing>> listing;
    private final Consumer<ContainerEntry> looked;
    private final Consumer<Boolean> listed;
    private final Backoff backoff;
    private final MissedEvents missed = new MissedEvents();

    private final Map<ContainerId, ContainerEntry> entries = new HashMap<>();

    /** The dirty ones, in the order of their marks. */
    private final Set<ContainerEntry> queue = new LinkedHashSet<>();

    /** Those whose last inspect failed. */
    private final Set<ContainerEntry> failing = new HashSet<>();

    private int inspecting;
    private boolean everListed;

    /**
     * Asks for nothing yet.
     *
     * @param looked runs on the loop's thread after each inspect that succeeded, and where the end of a run was told
     * @param listed runs on the loop's thread after each complete listing; is told whether it was the first
     */
    EngineCache(
            ContainerSource source,
            LoopContext context,
            PeerHealth health,
            Consumer<ContainerEntry> looked,
            Consumer<Boolean> listed) {
        this.source = source;
        this.context = context;
        this.health = health;
        this.looked = looked;
        this.listed = listed;
        this.listing = new Listing<>(source::list, this::listed, this::notListed, context);
        this.backoff = context.backoff(FIRST_WAIT, LONGEST_WAIT);
    }

    /** An event told that something may have changed. */
    void changed(ContainerId id) {
        missed.told(id);
        mark(ImmutableSet.of(id));
    }

    /** An event told that a run has ended: this is believed at once, and looked at all the same. */
    void died(Died died) {
        changed(died.container());
        ContainerEntry entry = entry(died.container());
        if (entry.died(died)) {
            looked.accept(entry);
        }
    }

    /** An event told of a network; what is not running has it shown by the inspect after its start. */
    void networkChanged(ContainerId id) {
        ContainerEntry known = entries.get(id);
        if (known != null && (known.isRunning() || known.inspecting && !known.hasReportedEnd())) {
            changed(id);
        } else {
            missed.told(id);
        }
    }

    private void mark(ImmutableSet<ContainerId> ids) {
        ids.forEach(id -> enqueue(entry(id)));
        if (!ids.isEmpty()) {
            context.observer().marked(ids);
        }
    }

    private void enqueue(ContainerEntry entry) {
        entry.dirty = true;
        queue.add(entry);
    }

    /** Wants a listing now. */
    void relist() {
        listing.want(context.now());
    }

    /** The engine is there again: lists now, and lets nothing wait any longer. */
    void reconnected() {
        failing.forEach(entry -> entry.retry.release(Instant.MAX));
        missed.streamOpened();
        relist();
    }

    /** Whether there were changes that no event told of. */
    boolean isSilent(Instant now) {
        return missed.isSilent(now);
    }

    /** @param mayInspect whether more containers are to be looked at now; if not, it is called again when they are */
    void advance(Instant now, boolean mayInspect) {
        if (listing.advance(now)) {
            entries.values().forEach(entry -> entry.newerThanListing = false);
            missed.listingBegun();
        }
        failing.forEach(entry -> entry.retry.release(now));
        if (mayInspect) {
            inspectNext();
        }
    }

    private void inspectNext() {
        var next = queue.iterator();
        while (next.hasNext() && inspecting < INSPECTS_AT_ONCE) {
            ContainerEntry entry = next.next();
            if (!entry.inspecting && !entry.retry.isWaiting()) {
                next.remove();
                inspect(entry);
            }
        }
    }

    private void inspect(ContainerEntry entry) {
        entry.dirty = false;
        entry.inspecting = true;
        inspecting++;
        context.ask(() -> source.inspect(entry.id()), outcome -> inspected(entry, outcome));
    }

    private void inspected(ContainerEntry entry, Outcome<Optional<ContainerSnapshot>> outcome) {
        entry.inspecting = false;
        inspecting--;
        switch (outcome) {
            case Outcome.Success<Optional<ContainerSnapshot>>(Optional<ContainerSnapshot> snapshot) ->
                shown(entry, snapshot.orElse(null));
            case Outcome.Failed<Optional<ContainerSnapshot>>(Failure why) -> {
                enqueue(entry);
                failing.add(entry);
                context.observer().inspectFailed(entry.id(), why, entry.retry.failed(context.now(), backoff));
            }
        }
    }

    private void shown(ContainerEntry entry, @Nullable ContainerSnapshot snapshot) {
        entry.retry.succeeded();
        failing.remove(entry);
        if (!entry.dirty) {
            entry.endShown();
        }
        missed.looked(entry.id(), owesAnEvent(entry.snapshot(), snapshot), context.now());
        if (snapshot == null) {
            entry.gone();
            missed.forgotten(entry.id());
        } else {
            entry.show(snapshot);
        }
        looked.accept(entry);
        if (!entry.dirty) {
            context.observer().looked(entry.id());
        }
        dropIfEmpty(entry);
    }

    /** Forgets an entry that holds nothing any more. */
    private void dropIfEmpty(ContainerEntry entry) {
        if (entry.isEmpty()) {
            entries.remove(entry.id());
        }
    }

    /**
     * Engines tell of a run's begin and end, and of what changes in it, at once; of a removal they tell when it is over, which may
     * take long, and of an image's new tag, which listings show, nothing.
     */
    private static boolean owesAnEvent(@Nullable ContainerSnapshot before, @Nullable ContainerSnapshot now) {
        boolean concernsARun = isInARun(before) || isInARun(now);
        return concernsARun && (before == null || now == null || ContainerEntry.differs(before, now));
    }

    private static boolean isInARun(@Nullable ContainerSnapshot shown) {
        return shown != null && shown.state().isRunning();
    }

    /** A listing may be older than what events have shown since, so it decides nothing: it only says where to look. */
    private void listed(ImmutableList<ContainerListing> rows) {
        health.answered(Question.LISTING);
        context.observer().engineListed(rows.size());
        Set<ContainerId> absent = new HashSet<>();
        snapshots().forEach(snapshot -> absent.add(snapshot.id()));
        ImmutableSet.Builder<ContainerId> different = ImmutableSet.builder();
        for (ContainerListing row : rows) {
            absent.remove(row.id());
            if (differs(row)) {
                different.add(row.id());
            }
        }
        absent.forEach(missed::changed);
        mark(different.addAll(absent).build());
        missed.listingEnded();
        boolean first = !everListed;
        everListed = true;
        forgetSignalsInVain();
        listed.accept(first);
    }

    private boolean differs(ContainerListing row) {
        ContainerEntry entry = entry(row.id());
        if (entry.newerThanListing) {
            // The row may be older than what the inspect has shown.
            return true;
        }
        if (row.fingerprint().equals(entry.fingerprint)) {
            return false;
        }
        entry.fingerprint = row.fingerprint();
        missed.changed(row.id());
        return true;
    }

    /** Containers that the engine does not have, and that nobody will look at, were sent their signals in vain. */
    private void forgetSignalsInVain() {
        for (ContainerEntry entry : List.copyOf(entries.values())) {
            if (entry.isResolved()) {
                entry.takeSignals();
                dropIfEmpty(entry);
            }
        }
    }

    private void notListed(Failure why, Instant asked) {
        health.failed(Question.LISTING, new PeerFault.NoAnswer(why), asked);
    }

    /** Whether there has been a complete listing. */
    boolean hasListed() {
        return everListed;
    }

    /**
     * Whether what we know of this container is what the engine knows, or has told; also true of one that the engine does
     * not have.
     */
    boolean isResolved(ContainerId id) {
        ContainerEntry entry = entries.get(id);
        return hasListed() && (entry == null || entry.isResolved());
    }

    boolean allResolved() {
        return hasListed() && queue.isEmpty() && inspecting == 0;
    }

    /** Whether nothing is under way or due at this time. */
    boolean isSettled(Instant now) {
        return listing.isSettled(now) && isIdle();
    }

    /** Whether no inspect is under way or waits for its turn. */
    boolean isIdle() {
        return inspecting == 0 && queue.stream().allMatch(entry -> entry.retry.isWaiting());
    }

    Optional<Instant> nextDue() {
        Optional<Instant> retry =
                failing.stream().flatMap(entry -> entry.retry.due().stream()).min(Instant::compareTo);
        return LoopContext.earliest(listing.nextDue(), retry, missed.nextDue());
    }

    /** The entry of this container; a new one, where it is not known yet. */
    ContainerEntry entry(ContainerId id) {
        return entries.computeIfAbsent(id, ContainerEntry::new);
    }

    /** The entry of this container, if something is known of it. */
    @Nullable
    ContainerEntry get(ContainerId id) {
        return entries.get(id);
    }

    @Nullable
    ContainerSnapshot snapshot(ContainerId id) {
        ContainerEntry entry = entries.get(id);
        return entry == null ? null : entry.snapshot();
    }

    /** A container by its ID or its name. */
    Optional<ContainerSnapshot> find(String idOrName) {
        ContainerSnapshot byId = snapshot(new ContainerId(idOrName));
        return byId != null
                ? Optional.of(byId)
                : snapshots()
                        .filter(snapshot -> snapshot.name().equals(idOrName))
                        .findFirst();
    }

    ImmutableList<ContainerEntry> entries() {
        return ImmutableList.copyOf(entries.values());
    }

    private Stream<ContainerSnapshot> snapshots() {
        return entries.values().stream().map(ContainerEntry::snapshot).filter(Objects::nonNull);
    }

    int size() {
        return (int) snapshots().count();
    }
}
