package io.registrator.it.soak;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Services that should stay as they are, as one observer sees them. What it sees while suspended does not matter. */
final class Watched {
    private final String observer;
    private final ImmutableSet<String> ours;
    private final ImmutableSet<String> foreign;
    private final Timeline timeline;
    private final AtomicLong looks = new AtomicLong();
    private int times;
    private volatile @Nullable Expectation before;

    /**
     * How they should stay.
     *
     * @param since which time it is that they are watched: what was seen before is nothing to it, even if it was the same
     */
    record Expectation(int since, ImmutableMap<String, String> services) {}

    Watched(String observer, ImmutableSet<String> ours, ImmutableSet<String> foreign, Timeline timeline) {
        this.observer = observer;
        this.ours = ours;
        this.foreign = foreign;
        this.timeline = timeline;
    }

    /** From now on they must stay as in this sight; says whether all are in it, as they have to be. */
    boolean begin(Map<String, String> sight) {
        ImmutableMap<String, String> now = ofInterest(sight);
        if (now.size() < ours.size() + foreign.size()) {
            return false;
        }
        before = new Expectation(++times, now);
        return true;
    }

    void suspend() {
        before = null;
    }

    /** What a sight is to be compared with; taken before one looks. */
    @Nullable
    Expectation expected() {
        return before;
    }

    /** Tells what is other than expected, unless something else is expected by now. */
    void compare(Expectation expected, Map<String, String> sight) {
        if (!expected.equals(before)) {
            return;
        }
        looks.incrementAndGet();
        ImmutableMap<String, String> now = ofInterest(sight);
        if (!now.equals(expected.services())) {
            before = new Expectation(expected.since(), now);
            var difference = Maps.difference(expected.services(), now);
            difference.entriesOnlyOnLeft().forEach((id, was) -> tell(id, "is gone; was " + was));
            difference.entriesOnlyOnRight().forEach((id, is) -> tell(id, "is there again: " + is));
            difference
                    .entriesDiffering()
                    .forEach((id, value) -> tell(id, "was " + value.leftValue() + ", is " + value.rightValue()));
        }
    }

    private void tell(String id, String what) {
        timeline.trouble(
                foreign.contains(id) ? Trouble.FOREIGN_WRITE : Trouble.FLAP, id + ", as " + observer + ": " + what);
    }

    long looks() {
        return looks.get();
    }

    private ImmutableMap<String, String> ofInterest(Map<String, String> sight) {
        return ImmutableMap.copyOf(Maps.filterKeys(sight, id -> ours.contains(id) || foreign.contains(id)));
    }
}
