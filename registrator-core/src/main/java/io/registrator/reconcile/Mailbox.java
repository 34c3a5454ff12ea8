package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What other threads leave for the loop: containers to look at, and outcomes to take in. Marks of one container collapse,
 * and there are no more outcomes than requests under way, so it stays small however many events there are.
 */
final class Mailbox {
    private final Set<ContainerId> marks = new LinkedHashSet<>();
    private final List<Runnable> outcomes = new ArrayList<>();

    synchronized void mark(ContainerId id) {
        marks.add(id);
        notifyAll();
    }

    synchronized void post(Runnable outcome) {
        outcomes.add(outcome);
        notifyAll();
    }

    synchronized ImmutableSet<ContainerId> takeMarks() {
        ImmutableSet<ContainerId> taken = ImmutableSet.copyOf(marks);
        marks.clear();
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
        while (marks.isEmpty() && outcomes.isEmpty() && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
    }
}
