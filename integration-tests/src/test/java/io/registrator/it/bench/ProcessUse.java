package io.registrator.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process uses, as Linux tells.
 *
 * @param cpuMillis since its start, to ten milliseconds
 */
record ProcessUse(double rssMiB, double peakRssMiB, long cpuMillis) {
    private static final double KIB_PER_MIB = 1024;
    private static final int MILLIS_PER_TICK = 10;

    static ProcessUse of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new ProcessUse(mib(status, "VmRSS:"), mib(status, "VmHWM:"), ticks * MILLIS_PER_TICK);
    }

    private static double mib(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToDouble(kib -> Long.parseLong(kib) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow();
    }
}
