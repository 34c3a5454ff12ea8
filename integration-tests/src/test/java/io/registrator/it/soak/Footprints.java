package io.registrator.it.soak;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.registrator.it.ProcessUse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What the daemon held at each quiet point, and whether that grows in the life of one process. */
final class Footprints {
    /** At either end of a life, whose middle one counts. */
    private static final int SAMPLES = 5;
    /** Carriers of virtual threads come and go. */
    private static final int MORE_THREADS = 8;
    /** Connections are made as they are needed at once, and kept: 16 to the engine and 8 to Consul. */
    private static final int MORE_DESCRIPTORS = 24;

    private final List<ProcessUse> all = new ArrayList<>();
    private final ListMultimap<Long, ProcessUse> lives = ArrayListMultimap.create();

    void add(ProcessUse footprint) {
        all.add(footprint);
        lives.put(footprint.pid(), footprint);
    }

    void tellLeaks(Timeline timeline) {
        for (Long life : lives.keySet()) {
            List<ProcessUse> samples = lives.get(life);
            if (samples.size() >= 2 * SAMPLES) {
                compare("threads", samples, ProcessUse::threads, MORE_THREADS, timeline);
                compare("descriptors", samples, ProcessUse::descriptors, MORE_DESCRIPTORS, timeline);
            }
        }
    }

    private static void compare(
            String what, List<ProcessUse> samples, ToIntFunction<ProcessUse> number, int more, Timeline timeline) {
        int first = middle(samples.subList(0, SAMPLES), number);
        int last = middle(samples.subList(samples.size() - SAMPLES, samples.size()), number);
        if (last > first + more) {
            timeline.trouble(Trouble.LEAK, "%d %s became %d in one life".formatted(first, what, last));
        }
    }

    private static int middle(List<ProcessUse> samples, ToIntFunction<ProcessUse> number) {
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
        return "%s → %s; %d".formatted(text(all.getFirst()), text(all.getLast()), longest);
    }

    private static String text(ProcessUse use) {
        return "%d, %d, %.0f MiB".formatted(use.threads(), use.descriptors(), use.rssMiB());
    }
}
