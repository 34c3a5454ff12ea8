package io.registrator.it.soak;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;

/**
 * What came of one seed's run.
 *
 * @param footprints of the daemon, as the report shows them
 * @param looks how much was looked at
 * @param tail the end of the daemon's log
 */
record SeedResult(long seed, Timeline timeline, Tally tally, String footprints, String looks, String tail) {

    ImmutableList<String> troubles() {
        return timeline.troubles();
    }

    /** Enough to understand what went wrong, and to see it again. */
    String story() {
        Joiner lines = Joiner.on('\n');
        return "seed %d (scripts/soak.sh --seed %d replays it), whose daemon's whole log is in target/soak-%d.log%n"
                        .formatted(seed, seed, seed)
                + "what was wrong:\n" + lines.join(troubles())
                + "\n\nwhat happened last:\n" + lines.join(timeline.lately())
                + "\n\nwhat the daemon said last:\n" + tail;
    }
}
