package io.registrator.it.bench;

import io.registrator.it.RegistratorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a daemon holds at one moment.
 *
 * @param heapKib live objects, after a collection
 * @param rssKib of the whole process
 * @param threads of the operating system's
 * @param descriptors that are open
 */
public record Footprint(long heapKib, long rssKib, int threads, int descriptors) {
    private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Collects its garbage first. */
    public static Footprint of(RegistratorProcess daemon) throws IOException, InterruptedException {
        jcmd(daemon, "GC.run");
        long heap = USED.matcher(jcmd(daemon, "GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
        Path process = Path.of("/proc", String.valueOf(daemon.pid()));
        String status = Files.readString(process.resolve("status"));
        try (var descriptors = Files.list(process.resolve("fd"))) {
            return new Footprint(heap, number(RSS, status), (int) number(THREADS, status), (int) descriptors.count());
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(RegistratorProcess daemon, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
        Path output = Files.createTempFile("jcmd", ".txt");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(daemon.pid()), command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("jcmd " + command + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("jcmd " + command + ": " + Files.readString(output));
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
