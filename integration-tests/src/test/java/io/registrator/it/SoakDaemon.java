package io.registrator.it;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registrator under test, which comes and goes, and for a while a second one of the same name. */
final class SoakDaemon implements AutoCloseable {
    private final URI engine;
    private final String registry;
    private final List<RegistratorProcess> all = new ArrayList<>();
    private @Nullable RegistratorProcess current;
    private @Nullable RegistratorProcess second;

    SoakDaemon(URI engine, String registry) {
        this.engine = engine;
        this.registry = registry;
    }

    /** Starts it; it may not be ready yet. */
    void start() {
        current = launch();
    }

    void kill() {
        running().kill();
    }

    void terminate() throws InterruptedException {
        if (!running().terminate(Duration.ofSeconds(10))) {
            throw new AssertionError("registrator does not end:\n" + running().log());
        }
    }

    void freeze() throws Exception {
        running().signal("STOP");
    }

    void thaw() throws Exception {
        running().signal("CONT");
    }

    void startSecond() {
        second = launch();
    }

    void endSecond() {
        if (second != null) {
            second.kill();
        }
        second = null;
    }

    /** What all of them have said. */
    String log() {
        return String.join("----\n", all.stream().map(RegistratorProcess::log).toList());
    }

    private RegistratorProcess launch() {
        RegistratorProcess daemon = RegistratorProcess.launch(
                engine,
                "-log-level",
                "debug",
                "-node-id",
                SoakContainers.NODE,
                "-ip",
                SoakContainers.ADDRESS,
                "-check",
                "none",
                registry);
        all.add(daemon);
        return daemon;
    }

    private RegistratorProcess running() {
        if (current == null) {
            throw new IllegalStateException("no registrator has been started");
        }
        return current;
    }

    @Override
    public void close() {
        all.forEach(RegistratorProcess::kill);
    }
}
