package io.registrator.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives an unpacked bundle what packages and image come with: a runtime of its own, and the AOT cache for it. */
final class ShippedBundle {
    private static final Path LINK = Path.of("..", "packaging", "runtime", "link");
    private static final int PATIENCE_MINUTES = 3;

    private ShippedBundle() {}

    static void complete(Path home) throws IOException, InterruptedException {
        Path runtime = home.resolve("runtime");
        boolean named = System.getProperty("registrator.home") != null;
        if (!named && !Files.exists(runtime)) {
            run(List.of(LINK.toString(), System.getProperty("java.home"), runtime.toString()));
            run(List.of(home.resolve("bin/registrator-aot-cache").toString()));
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().remove("REGISTRATOR_JAVA");
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("failed: " + command);
        }
    }
}
