package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What other threads leave for the loop: events, and outcomes to take in. Equal events collapse, and there are no more outcomes
 * than requests under way, so it stays small however much containers change.
 */
final class WorkQueue {
    private final Set<EngineEvent> events = new LinkedHashSet<>();
    private final List<Runnable> outcomes = new ArrayList<>();

    synchronized void add(EngineEvent event) {
        events.add(event);
        notifyAll();
    }

    synchronized void post(Runnable outcome) {
        outcomes.add(outcome);
        notifyAll();
    }

    /** In the order in which they came. */
    synchronized ImmutableSet<EngineEvent> takeEvents() {
        ImmutableSet<EngineEvent> taken = ImmutableSet.copyOf(events);
        events.clear();
        return taken;
    }

    synchronized ImmutableList<Runnable> takeOutcomes() {
        ImmutableList<Runnable> taken = ImmutableList.copyOf(outcomes);
        outcomes.clear();
        return taken;
    }

    /** Returns when there is something to take, or after {@code longest}. */
    synchronized void await(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while (events.isEmpty() && outcomes.isEmpty() && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
    }
}
