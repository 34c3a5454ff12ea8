package io.registrator.it.soak;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What the daemon held at each quiet point, and whether that grows in the life of one process. */
final class Footprints {
    /** At either end of a life, whose middle one counts. */
    private static final int SAMPLES = 5;
    /** Connections and carriers of virtual threads come and go. */
    private static final int SLACK = 8;

    private final List<Footprint> all = new ArrayList<>();
    private final ListMultimap<Long, Footprint> lives = ArrayListMultimap.create();

    void add(Footprint footprint) {
        all.add(footprint);
        lives.put(footprint.pid(), footprint);
    }

    void tellLeaks(Timeline timeline) {
        for (Long life : lives.keySet()) {
            List<Footprint> samples = lives.get(life);
            if (samples.size() >= 2 * SAMPLES) {
                compare("threads", samples, Footprint::threads, timeline);
                compare("descriptors", samples, Footprint::descriptors, timeline);
            }
        }
    }

    private static void compare(
            String what, List<Footprint> samples, ToIntFunction<Footprint> number, Timeline timeline) {
        int first = middle(samples.subList(0, SAMPLES), number);
        int last = middle(samples.subList(samples.size() - SAMPLES, samples.size()), number);
        if (last > first + SLACK) {
            timeline.trouble(Trouble.LEAK, "%d %s became %d in one life".formatted(first, what, last));
        }
    }

    private static int middle(List<Footprint> samples, ToIntFunction<Footprint> number) {
        return samples.stream()
                .mapToInt(number)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** The first and the last, and the most quiet points that one process lived to see. */
    @Override
    public String toString() {
        if (all.isEmpty()) {
            return "none";
        }
        int longest = lives.asMap().values().stream()
                .mapToInt(life -> life.size())
                .max()
                .orElseThrow();
        return "%s → %s; %d".formatted(all.getFirst(), all.getLast(), longest);
    }
}
