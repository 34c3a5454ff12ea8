package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out that an event stream has gone silent: it is open, and yet a listing shows changes that no event told of. Each
 * change has a while of its own for its event to come, for events may be late; that begins with an inspect which confirms it, since
 * listings show what is still under way: an engine answers no inspect of a container before its start is over.
 *
 * <p>A change lies between two listings. Its event may have come since the one before them was answered, since that may have
 * been on its way already. Listings count from the second that began after the stream was opened: what the first shows may
 * have happened before.
 */
final class MissedEvents {
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Those of which a listing shows a change, and that have not been looked at since. */
    private final Set<ContainerId> suspected = new HashSet<>();

    /** By when the event of a change must have come. */
    private final Map<ContainerId, Instant> awaited = new HashMap<>();
    /** The listings that had been answered when an event of this container came. */
    private final Map<ContainerId, Integer> told = new HashMap<>();

    private int streams;
    private int listings;
    private int listingBegunIn;
    private int listingBeforeBegunIn;

    void streamOpened() {
        streams++;
        suspected.clear();
        awaited.clear();
    }

    /** An event came. */
    void told(ContainerId id) {
        told.put(id, listings);
        suspected.remove(id);
        awaited.remove(id);
    }

    void listingBegun() {
        listingBegunIn = streams;
    }

    /** The listing that has been answered shows a change of this container. */
    void changed(ContainerId id) {
        boolean counts = listingBegunIn == streams && listingBeforeBegunIn == streams && streams > 0;
        if (counts && told.getOrDefault(id, Integer.MIN_VALUE) < listings - 1) {
            suspected.add(id);
        }
    }

    /** All that the listing shows has been said. */
    void listingEnded() {
        listingBeforeBegunIn = listingBegunIn;
        listings++;
    }

    /** The container is gone. */
    void forgotten(ContainerId id) {
        told.remove(id);
    }

    /**
     * The container has been looked at. An event that is awaited already is still owed, even where nothing else has changed since.
     *
     * @param owesAnEvent whether that shows a change of which engines tell
     */
    void looked(ContainerId id, boolean owesAnEvent, Instant now) {
        if (suspected.remove(id) && owesAnEvent) {
            awaited.putIfAbsent(id, now.plus(GRACE));
        }
    }

    /** Whether a change has waited in vain for its event. */
    boolean isSilent(Instant now) {
        return nextDue().filter(due -> !now.isBefore(due)).isPresent();
    }

    Optional<Instant> nextDue() {
        return awaited.values().stream().min(Instant::compareTo);
    }
}
