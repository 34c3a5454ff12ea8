package io.registrator.it.soak;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * The wall clock of the processes that are started with its {@link #environment}: it can be stepped while they run. Their
 * monotonic clock goes on undisturbed, as it does when a real clock is set.
 */
final class FakeClock implements AutoCloseable {
    private static final String LIBRARY = "REGISTRATOR_TEST_FAKETIME";
    private static final int[] OFFSETS = {3_600, -3_600, 86_400, -86_400, 0};

    private final Path file;

    FakeClock() throws IOException {
        file = Files.createTempFile("registrator-clock", ".offset");
        set(0);
    }

    ImmutableMap<String, String> environment() {
        String library = Objects.requireNonNull(
                System.getenv(LIBRARY), "the environment variable " + LIBRARY + " names no libfaketime.so.1");
        return ImmutableMap.of(
                "LD_PRELOAD",
                library,
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else waits that are measured on the monotonic clock end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    /** Jumps to an hour or a day before or after the true time, or back to it. */
    void step(int chance) throws IOException {
        set(OFFSETS[chance % OFFSETS.length]);
    }

    /** In one go: a reader of half a file would see another time. */
    private void set(int seconds) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "%+d".formatted(seconds));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is killed leaves the library's shared memory behind. */
    static void forget(long pid) throws IOException {
        Files.deleteIfExists(Path.of("/dev/shm/faketime_shm_" + pid));
        Files.deleteIfExists(Path.of("/dev/shm/sem.faketime_sem_" + pid));
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
