package io.registrator.ops.observe;

import com.google.common.collect.ImmutableList;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The last things that happened, the newest last; what is older is forgotten. Not thread-safe. */
final class Journal {
    static final int LONGEST = 500;

    private final InstantSource clock;
    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private long number;

    Journal(InstantSource clock) {
        this.clock = clock;
    }

    void peer(String action, String why) {
        service(null, null, action, why, null, null);
    }

    void service(
            @Nullable String container,
            @Nullable String service,
            String action,
            String why,
            @Nullable String before,
            @Nullable String after) {
        if (entries.size() == LONGEST) {
            entries.removeFirst();
        }
        entries.addLast(new JournalEntry(++number, clock.instant(), container, service, action, why, before, after));
    }

    ImmutableList<JournalEntry> entries() {
        return ImmutableList.copyOf(entries);
    }
}
