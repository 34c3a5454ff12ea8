package io.registrator.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** SIGSTOP and SIGCONT. */
final class Freezing {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Freezing() {}

    /** Returns when all threads have stopped: the signal alone is sent, not heard, and meanwhile a request may be answered. */
    static void freeze(Process process) {
        Command.of("kill", "-STOP", String.valueOf(process.pid())).output();
        await("the process is stopped").atMost(PATIENCE).until(() -> isFrozen(process));
    }

    static void thaw(Process process) {
        Command.of("kill", "-CONT", String.valueOf(process.pid())).run();
    }

    private static boolean isFrozen(Process process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return threads.allMatch(Freezing::isStopped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            // After the name, which may be anything in parentheses.
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException ended) {
            return true;
        }
    }
}
