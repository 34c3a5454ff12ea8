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
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop's picture of the engine: a snapshot of every container, and which of them have to be looked at. A container
 * stays dirty until an inspect that began after the last mark has succeeded.
 */
final class ContainerTracker {
    private static final int INSPECTS_AT_ONCE = 12;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final ContainerSource source;
    private final Surroundings around;
    private final PeerHealth health;
    private final Listing<ImmutableList<ContainerListing>> listing;
    private final Consumer<ContainerId> looked;
    private final Consumer<Boolean> listed;
    private final Retries<ContainerId> retries;
    private final UntoldChanges untold = new UntoldChanges();
    private final Deaths deaths = new Deaths();

    private final Map<ContainerId, ContainerSnapshot> snapshots = new HashMap<>();
    private final Map<ContainerId, String> fingerprints = new HashMap<>();
    /** Those of which an inspect has shown something new since the last listing was asked for. */
    private final Set<ContainerId> newer = new HashSet<>();

    private final Set<ContainerId> dirty = new LinkedHashSet<>();
    private final Set<ContainerId> inspecting = new HashSet<>();
    private boolean everListed;

    /**
     * Asks for nothing yet.
     *
     * @param looked runs on the loop's thread after each inspect that succeeded
     * @param listed runs on the loop's thread after each complete listing; is told whether it was the first
     */
    ContainerTracker(
            ContainerSource source,
            Surroundings around,
            PeerHealth health,
            Consumer<ContainerId> looked,
            Consumer<Boolean> listed) {
        this.source = source;
        this.around = around;
        this.health = health;
        this.looked = looked;
        this.listed = listed;
        this.listing = new Listing<>(source::list, this::listed, this::notListed, around);
        this.retries = new Retries<>(around.backoff(FIRST_WAIT, LONGEST_WAIT));
    }

    /** An event told that something may have changed. */
    void changed(ContainerId id) {
        untold.told(id);
        mark(ImmutableSet.of(id));
    }

    /** An event told that a run has ended: this is believed at once, and looked at all the same. */
    void died(Died death) {
        ContainerId id = death.container();
        changed(id);
        deaths.told(death);
        ContainerSnapshot known = snapshots.get(id);
        if (known != null && death.ends(known)) {
            keep(deaths.in(known));
            looked.accept(id);
        }
    }

    /** An event told of a network; what is not running has it shown by the inspect after its start. */
    void networkChanged(ContainerId id) {
        if (mayRun(id)) {
            changed(id);
        } else {
            untold.told(id);
        }
    }

    private boolean mayRun(ContainerId id) {
        ContainerSnapshot known = snapshots.get(id);
        return known != null && known.state().isRunning() || inspecting.contains(id) && !deaths.isTold(id);
    }

    private void mark(ImmutableSet<ContainerId> ids) {
        // What is being inspected is inspected once more after that.
        dirty.addAll(ids);
        if (!ids.isEmpty()) {
            around.observer().marked(ids);
        }
    }

    /** Wants a listing now. */
    void relist() {
        listing.want(around.now());
    }

    /** The engine is there again: lists now, and lets nothing wait any longer. */
    void reconnected() {
        retries.releaseAll();
        untold.streamOpened();
        relist();
    }

    /** Whether there were changes that no event told of. */
    boolean isSilent(Instant now) {
        return untold.isSilent(now);
    }

    /** @param mayInspect whether more containers are to be looked at now; if not, it is called again when they are */
    void advance(Instant now, boolean mayInspect) {
        if (listing.advance(now)) {
            newer.clear();
            untold.listingBegun();
        }
        retries.release(now);
        if (mayInspect) {
            inspectNext();
        }
    }

    private void inspectNext() {
        Iterator<ContainerId> next = dirty.iterator();
        while (next.hasNext() && inspecting.size() < INSPECTS_AT_ONCE) {
            ContainerId id = next.next();
            if (!inspecting.contains(id) && !retries.isWaiting(id)) {
                next.remove();
                inspect(id);
            }
        }
    }

    private void inspect(ContainerId id) {
        inspecting.add(id);
        around.requests().ask(() -> source.inspect(id), outcome -> inspected(id, outcome));
    }

    private void inspected(ContainerId id, Outcome<Optional<ContainerSnapshot>> outcome) {
        inspecting.remove(id);
        switch (outcome) {
            case Outcome.Success<Optional<ContainerSnapshot>>(Optional<ContainerSnapshot> snapshot) -> {
                retries.succeeded(id);
                if (!dirty.contains(id)) {
                    deaths.settled(id);
                }
                untold.looked(id, owesAnEvent(snapshots.get(id), snapshot.orElse(null)), around.now());
                snapshot.map(deaths::in).ifPresentOrElse(this::keep, () -> forget(id));
                looked.accept(id);
                if (!dirty.contains(id)) {
                    around.observer().looked(id);
                }
            }
            case Outcome.Failed<Optional<ContainerSnapshot>>(Failure why) -> {
                dirty.add(id);
                around.observer().inspectFailed(id, why, retries.failed(id, around.now()));
            }
        }
    }

    /**
     * Engines tell of a run's begin and end, and of what changes in it, at once; of a removal they tell when it is over, which may
     * take long, and of an image's new tag, which listings show, nothing.
     */
    private static boolean owesAnEvent(@Nullable ContainerSnapshot before, @Nullable ContainerSnapshot now) {
        boolean concernsARun = isInARun(before) || isInARun(now);
        return concernsARun && (before == null || now == null || isChanged(before, now));
    }

    private static boolean isInARun(@Nullable ContainerSnapshot shown) {
        return shown != null && shown.state().isRunning();
    }

    /** Not what changes without an event, and without a trace in a listing: a HEALTHCHECK's last words, and its log. */
    private static boolean isChanged(ContainerSnapshot before, ContainerSnapshot now) {
        return !before.asListed().equals(now.asListed());
    }

    /**
     * What the last listing said is no measure any more: the container may become again what it was then, and if the event of
     * that is lost, the next listing would show nothing new.
     */
    private void keep(ContainerSnapshot found) {
        ContainerSnapshot before = snapshots.put(found.id(), found);
        if (before != null && isChanged(before, found)) {
            fingerprints.remove(found.id());
            newer.add(found.id());
        }
    }

    private void forget(ContainerId id) {
        newer.remove(id);
        snapshots.remove(id);
        fingerprints.remove(id);
        untold.forgotten(id);
        deaths.settled(id);
    }

    /** A listing may be older than what events have shown since, so it decides nothing: it only says where to look. */
    private void listed(ImmutableList<ContainerListing> rows) {
        health.answered(Question.LISTING);
        around.observer().engineListed(rows.size());
        Set<ContainerId> absent = new HashSet<>(snapshots.keySet());
        ImmutableSet.Builder<ContainerId> different = ImmutableSet.builder();
        for (ContainerListing row : rows) {
            absent.remove(row.id());
            if (newer.contains(row.id())) {
                // The row may be older than what the inspect has shown.
                different.add(row.id());
            } else if (!row.fingerprint().equals(fingerprints.put(row.id(), row.fingerprint()))) {
                different.add(row.id());
                untold.changed(row.id());
            }
        }
        absent.forEach(untold::changed);
        mark(different.addAll(absent).build());
        untold.listingEnded();
        boolean first = !everListed;
        everListed = true;
        listed.accept(first);
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
        boolean told = deaths.isTold(id) && snapshots.containsKey(id);
        return hasListed() && (told || !dirty.contains(id) && !inspecting.contains(id));
    }

    boolean allResolved() {
        return hasListed() && dirty.isEmpty() && inspecting.isEmpty();
    }

    /** Whether nothing is under way or due at this time. */
    boolean isSettled(Instant now) {
        return listing.isSettled(now) && isIdle();
    }

    /** Whether no inspect is under way or waits for its turn. */
    boolean isIdle() {
        return inspecting.isEmpty() && dirty.stream().allMatch(retries::isWaiting);
    }

    Optional<Instant> nextDue() {
        return Moments.earlier(Moments.earlier(listing.nextDue(), retries.nextDue()), untold.nextDue());
    }

    @Nullable
    ContainerSnapshot get(ContainerId id) {
        return snapshots.get(id);
    }

    /** A container by its ID or its name. */
    Optional<ContainerSnapshot> find(String idOrName) {
        ContainerSnapshot byId = snapshots.get(new ContainerId(idOrName));
        return byId != null
                ? Optional.of(byId)
                : snapshots.values().stream()
                        .filter(snapshot -> snapshot.name().equals(idOrName))
                        .findFirst();
    }

    int size() {
        return snapshots.size();
    }
}
