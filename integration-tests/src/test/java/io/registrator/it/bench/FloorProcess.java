package io.registrator.it.bench;

import com.google.common.net.HostAndPort;
import io.registrator.testing.Await;
import io.registrator.testing.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@link FloorClient} as a process of its own, with the daemon's JVM flags. */
final class FloorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private FloorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Running, and listening to the engine's events. */
    static FloorProcess start(
            JavaCommand like, Path jar, URI engine, HostAndPort consul, int workers, String label, String check)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("floor", ".log");
        Process process = new ProcessBuilder(like.with(
                        FloorClient.class,
                        jar,
                        engine.getPath(),
                        consul.getHost(),
                        String.valueOf(consul.getPort()),
                        String.valueOf(workers),
                        label,
                        check))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        FloorProcess floor = new FloorProcess(process, log);
        Await.until("the floor client's start", PATIENCE, () -> floor.log().contains(FloorClient.READY));
        return floor;
    }

    long pid() {
        return process.pid();
    }

    /** @throws AssertionError when it has failed */
    void insistOnNoError() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the floor client has ended:\n" + log());
        }
    }

    private String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        Command.kill(process);
    }
}
