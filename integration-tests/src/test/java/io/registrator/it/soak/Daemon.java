package io.registrator.it.soak;

import io.registrator.it.RegistratorProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registrator under test, which comes and goes, and for a while a second one with the same options. */
final class Daemon implements AutoCloseable {
    /** Nobody listens there, and that is known at once. */
    static final String ADDRESS = "127.0.0.77";

    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final URI engine;
    private final String node;
    private final String registry;
    private final FakeClock clock;
    private final List<RegistratorProcess> all = new ArrayList<>();
    private @Nullable RegistratorProcess current;
    private @Nullable RegistratorProcess second;

    Daemon(URI engine, String node, String registry, FakeClock clock) {
        this.engine = engine;
        this.node = node;
        this.registry = registry;
        this.clock = clock;
    }

    /** It knows what to do when this returns, and has done nothing yet. */
    void start() throws InterruptedException {
        current = launch();
        running().awaitLog(" settings: ");
    }

    void kill() {
        running().kill();
    }

    void terminate() throws InterruptedException {
        if (!running().terminate(FAREWELL)) {
            throw new AssertionError("registrator does not end within " + FAREWELL);
        }
    }

    void freeze() throws Exception {
        running().signal("STOP");
    }

    void thaw() throws Exception {
        running().signal("CONT");
    }

    /** It has made its first pass when this returns. */
    void startSecond() throws InterruptedException {
        second = launch();
        second.awaitReady();
    }

    void endSecond() {
        if (second != null) {
            second.kill();
        }
        second = null;
    }

    /** Of the one that runs. */
    long pid() {
        return running().pid();
    }

    /** What the one that ran last has said. */
    String log() {
        return running().log();
    }

    /** What all of them have said, one after the other. */
    List<String> logs() {
        return all.stream().map(RegistratorProcess::log).toList();
    }

    private RegistratorProcess launch() {
        RegistratorProcess daemon = RegistratorProcess.launch(
                engine,
                clock.environment(),
                "-log-level",
                "debug",
                "-node-id",
                node,
                "-ip",
                ADDRESS,
                "-check",
                "none",
                "-register-on",
                "start",
                "-docker-health",
                "mirror",
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
    public void close() throws IOException {
        for (RegistratorProcess daemon : all) {
            daemon.kill();
            FakeClock.forget(daemon.pid());
        }
    }
}
