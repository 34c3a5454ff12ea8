package io.registrator.it.bench;

import io.registrator.it.ProcessUse;
import io.registrator.it.RegistratorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What a daemon holds at one moment.
 *
 * @param heapKib live objects, after a collection
 */
public record Footprint(long heapKib, ProcessUse process) {
    private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Collects its garbage first. */
    public static Footprint of(RegistratorProcess daemon) throws IOException, InterruptedException {
        jcmd(daemon, "GC.run");
        long heap = USED.matcher(jcmd(daemon, "GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
        return new Footprint(heap, ProcessUse.of(daemon.pid()));
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
