package io.registrator.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds and has used, as Linux tells.
 *
 * @param rssKib of memory that is resident
 * @param peakRssKib the most of it ever
 * @param threads of the operating system's
 * @param descriptors that are open
 * @param cpuMillis since its start, to ten milliseconds
 */
public record ProcessUse(long pid, long rssKib, long peakRssKib, int threads, int descriptors, long cpuMillis) {
    private static final double KIB_PER_MIB = 1024;
    private static final int MILLIS_PER_TICK = 10;

    /** At this moment. */
    public static ProcessUse of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return new ProcessUse(
                    pid,
                    number(status, "VmRSS:"),
                    number(status, "VmHWM:"),
                    (int) number(status, "Threads:"),
                    (int) descriptors.count(),
                    ticks * MILLIS_PER_TICK);
        }
    }

    public double rssMiB() {
        return rssKib / KIB_PER_MIB;
    }

    public double peakRssMiB() {
        return peakRssKib / KIB_PER_MIB;
    }

    private static long number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + status));
    }
}
