package io.registrator.it.soak;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** What happened in one seed's run, with its seconds, and what of it was trouble. For any thread. */
final class Timeline {
    private static final int LATELY = 40;

    private final Stopwatch time = Stopwatch.createStarted();
    private final List<String> notes = new ArrayList<>();
    private final List<Told> troubles = new ArrayList<>();

    private record Told(Trouble trouble, String text) {}

    synchronized void note(String what) {
        notes.add("%.1f s: %s".formatted(time.elapsed().toMillis() / 1000.0, what));
    }

    synchronized void trouble(Trouble trouble, String what) {
        note(trouble + " " + what);
        troubles.add(new Told(trouble, notes.getLast()));
    }

    synchronized long count(Trouble trouble) {
        return troubles.stream().filter(told -> told.trouble() == trouble).count();
    }

    synchronized boolean isOver() {
        return troubles.stream().anyMatch(told -> told.trouble().endsAll());
    }

    synchronized ImmutableList<String> troubles() {
        return troubles.stream().map(Told::text).collect(ImmutableList.toImmutableList());
    }

    /** The last that happened. */
    synchronized ImmutableList<String> lately() {
        return ImmutableList.copyOf(notes.subList(Math.max(0, notes.size() - LATELY), notes.size()));
    }
}
