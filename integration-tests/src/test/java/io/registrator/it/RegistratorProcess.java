package io.registrator.it;

import io.registrator.testing.Await;
import io.registrator.testing.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The bundle's {@code bin/registrator} as a process of its own. */
public final class RegistratorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path HOME = find();
    private static final Path RUNTIME = HOME.resolve("runtime");

    private final Process process;
    private final Path log;

    private RegistratorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What a process that has ended by itself has left. */
    record Ended(int exitCode, String log) {}

    /** Runs a command as a user without any right. */
    static Ended endedAsNobody(URI engine, String... arguments) throws InterruptedException {
        return ended(launch(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), engine, Map.of(), arguments));
    }

    /** Runs a command in a network of its own, where nothing leads out, and with this file of hosts. */
    static Ended endedWithoutNetwork(URI engine, Path hosts, String... arguments) throws InterruptedException {
        Map<String, String> environment = Map.of("JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts);
        return ended(launch(List.of("unshare", "--net"), engine, environment, arguments));
    }

    private static Ended ended(RegistratorProcess process) throws InterruptedException {
        try (process) {
            return new Ended(process.exitCode(), process.log());
        }
    }

    /** Starts it; it may not be ready yet. */
    static RegistratorProcess launch(URI engine, String... arguments) {
        return launch(engine, Map.of(), arguments);
    }

    /** The same with more environment variables. */
    public static RegistratorProcess launch(URI engine, Map<String, String> environment, String... arguments) {
        return launch(List.of(), engine, environment, arguments);
    }

    /** Starts it in another network, and with this file of hosts; it may not be ready yet. */
    static RegistratorProcess launchIn(PrivateNetwork network, URI engine, Path hosts, String... arguments) {
        Map<String, String> environment = Map.of("JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts);
        return launch(network.wrapper(), engine, environment, arguments);
    }

    private static RegistratorProcess launch(
            List<String> wrapper, URI engine, Map<String, String> environment, String... arguments) {
        try {
            Path log = Files.createTempFile("registrator", ".log");
            List<String> command = new ArrayList<>(wrapper);
            command.add(HOME.resolve("bin/registrator").toString());
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRATOR_TEST_"));
            builder.environment().putAll(environment(engine));
            // Where commands find it: by default for nobody else.
            builder.environment()
                    .put(
                            "REGISTRATOR_RUN_DIR",
                            Files.createTempDirectory("registrator-run").toString());
            builder.environment().putAll(environment);
            return new RegistratorProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the unpacked bundle: the one that {@code registrator.home} names, else a fresh copy of this build's. */
    public static Path home() {
        return HOME;
    }

    /** What tells the launcher where the engine is, and which Java to take: its own where it has one, else this one. */
    public static Map<String, String> environment(URI engine) {
        Path java = Files.isDirectory(RUNTIME) ? RUNTIME : Path.of(System.getProperty("java.home"));
        return Map.of(
                "DOCKER_HOST",
                engine.toString(),
                "REGISTRATOR_JAVA",
                java.resolve("bin/java").toString());
    }

    /** Starts it and waits until its first pass is over. */
    public static RegistratorProcess start(URI engine, String... arguments) throws InterruptedException {
        return launch(engine, arguments).awaitReady();
    }

    public RegistratorProcess awaitReady() throws InterruptedException {
        awaitLog(" ready: ");
        return this;
    }

    public void awaitLog(String text) throws InterruptedException {
        try {
            Await.until("'" + text + "' in the log", PATIENCE, () -> hasSaid(text));
        } catch (AssertionError missing) {
            throw new AssertionError(missing.getMessage() + "; the log is:\n" + log(), missing);
        }
    }

    /** What has ended says no more: that is not waited for. */
    private boolean hasSaid(String text) {
        boolean ended = !process.isAlive();
        boolean said = log().contains(text);
        if (ended && !said) {
            throw new AssertionError("it has ended without '" + text + "' in the log");
        }
        return said;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the Java process itself: its launcher has become it. */
    public long pid() {
        return process.pid();
    }

    /** What it has used of all cores since its start. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** SIGKILL. */
    public void kill() {
        Command.kill(process);
    }

    /** SIGTERM; whether it has ended within this time. */
    public boolean terminate(Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) {
        Command.of("kill", "-" + name, String.valueOf(process.pid())).output();
    }

    /** Its exit code, once it has ended by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running; the log is:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    private static Path find() {
        String unpacked = System.getProperty("registrator.home");
        return unpacked == null ? unpack(Path.of(System.getProperty("registrator.bundle"))) : Path.of(unpacked);
    }

    private static Path unpack(Path bundle) {
        try {
            Path home = Files.createTempDirectory(
                    "registrator-bundle",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Command.of("tar", "-xzf", bundle.toString(), "-C", home.toString(), "--strip-components=1")
                    .output();
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
