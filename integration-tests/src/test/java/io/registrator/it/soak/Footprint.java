package io.registrator.it.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param kilobytes of memory that is resident
 */
record Footprint(long pid, int threads, int descriptors, int kilobytes) {

    static Footprint of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        String status = Files.readString(process.resolve("status"));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return new Footprint(pid, number(status, "Threads:"), (int) descriptors.count(), number(status, "VmRSS:"));
        }
    }

    private static int number(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + status));
    }

    @Override
    public String toString() {
        return "%d, %d, %d MB".formatted(threads, descriptors, kilobytes / 1024);
    }
}
