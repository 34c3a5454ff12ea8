package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out that an event stream has gone silent: it is open, and yet a listing shows changes that no event told of. Each
 * change has a while of its own for its event to come, for events may be late.
 *
 * <p>A change lies between two listings. Its event may have come since the one before them was answered, since that may have
 * been on its way already. Listings count from the second that began after the stream was opened: what the first shows may
 * have happened before.
 */
final class UntoldChanges {
    private static final Duration GRACE = Duration.ofSeconds(3);

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
        awaited.clear();
    }

    /** Events came. */
    void told(Set<ContainerId> ids) {
        ids.forEach(id -> {
            told.put(id, listings);
            awaited.remove(id);
        });
    }

    void listingBegun() {
        listingBegunIn = streams;
    }

    /** The listing that has been answered shows a change of this container. */
    void changed(ContainerId id, Instant now) {
        boolean counts = listingBegunIn == streams && listingBeforeBegunIn == streams && streams > 0;
        if (counts && told.getOrDefault(id, Integer.MIN_VALUE) < listings - 1) {
            awaited.putIfAbsent(id, now.plus(GRACE));
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

    /** It was no change of which there is an event. */
    void explained(ContainerId id) {
        awaited.remove(id);
    }

    /** Whether a change has waited in vain for its event. */
    boolean isSilent(Instant now) {
        return nextDue().filter(due -> !now.isBefore(due)).isPresent();
    }

    Optional<Instant> nextDue() {
        return awaited.values().stream().min(Instant::compareTo);
    }
}
