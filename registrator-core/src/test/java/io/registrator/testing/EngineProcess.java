package io.registrator.testing;

import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of a test's own, to be frozen, killed and started again without harm to another. Needs root and {@code
 * dockerd}: {@code REGISTRATOR_TEST_DOCKERD} or the one on the PATH.
 *
 * <p>It has no default bridge and leaves iptables alone; containers on networks made in it can publish ports all the same.
 * Its containers do not outlive it, unless it is started with {@code --live-restore}.
 */
public final class EngineProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** To end in order when nothing depends on it any more. */
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final Path folder;
    private final ImmutableList<String> command;
    private final DockerCli cli;
    private Process process;

    private EngineProcess(Path folder, ImmutableList<String> command) throws IOException {
        this.folder = folder;
        this.command = command;
        cli = new DockerCli(URI.create("unix://" + folder.resolve("docker.sock")));
        process = launch();
    }

    /** Whether this machine can start one. */
    public static boolean isAvailable() {
        return dockerd().isPresent() && "root".equals(System.getProperty("user.name"));
    }

    /** Starts one that answers when this returns, and has {@link DockerCli#BUSYBOX}. */
    public static EngineProcess start(String... options) {
        try {
            var folder = Files.createTempDirectory("engine");
            return new EngineProcess(folder, command(folder, options)).made();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, for containers that mount {@code /var/run/docker.sock}: there they find its socket, not this machine's. */
    public static EngineProcess startAtTheUsualPath(String... options) {
        try {
            var folder = Files.createTempDirectory("engine");
            var command = ImmutableList.<String>builder()
                    .add("unshare", "--mount")
                    .addAll(command(folder, options))
                    .build();
            var engine = new EngineProcess(folder, command).made();
            try {
                engine.showAtTheUsualPath();
                return engine;
            } catch (RuntimeException | Error e) {
                engine.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void showAtTheUsualPath() {
        var mount =
                "nsenter --mount --target %d mount --bind %s/docker.sock /var/run/docker.sock".formatted(pid(), folder);
        Command.of("sh", "-c", mount).output();
    }

    /** Its process, in whose network and mounts it is. */
    public long pid() {
        return process.pid();
    }

    /** One that does not come up is not left behind. */
    private EngineProcess made() {
        try {
            awaitAnswer();
            cli.importBusybox();
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Its URI. */
    public URI host() {
        return cli.host();
    }

    /** Its command line. */
    public DockerCli cli() {
        return cli;
    }

    /** SIGTERM: ends it in order, and its containers. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL: it says goodbye to nobody. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
        killOrphan();
    }

    /** Starts it again after {@link #stop} or {@link #kill}; it answers when this returns. */
    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    /** SIGSTOP: its socket takes connections and answers nothing. */
    public void freeze() {
        Freezing.freeze(process);
    }

    /** SIGCONT. */
    public void thaw() {
        Freezing.thaw(process);
    }

    /** Ends it, in order or not, with all that it started, and removes all that it kept. */
    @Override
    public void close() {
        thaw();
        process.destroy();
        if (!hasEnded(FAREWELL)) {
            process.destroyForcibly();
            awaitEnd();
        }
        ProcessesOf.folder(folder).kill();
        unmount();
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImmutableList<String> command(Path folder, String... options) {
        return ImmutableList.<String>builder()
                // An engine without a default bridge removes docker0, which belongs to the machine's own engine.
                .add("unshare", "--net")
                .add(dockerd().orElseThrow(() -> new AssertionError("no dockerd on the PATH")))
                .add("--data-root=" + folder.resolve("data"))
                .add("--exec-root=" + folder.resolve("exec"))
                .add("--pidfile=" + folder.resolve("docker.pid"))
                .add("--host=unix://" + folder.resolve("docker.sock"))
                .add("--bridge=none", "--iptables=false", "--ip-forward=false", "--storage-driver=vfs")
                .add(options)
                .build();
    }

    private static Optional<String> dockerd() {
        return Optional.ofNullable(System.getenv("REGISTRATOR_TEST_DOCKERD")).or(EngineProcess::onPath);
    }

    private static Optional<String> onPath() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, "dockerd"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitAnswer() {
        await("the engine's first answer").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("dockerd has ended:\n" + Files.readString(folder.resolve("log")));
            }
            return cli.answers();
        });
    }

    private void awaitEnd() {
        if (!hasEnded(PATIENCE)) {
            throw new AssertionError("dockerd does not end");
        }
    }

    private boolean hasEnded(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A killed engine leaves its data folder mounted on itself. */
    private void unmount() {
        try (var mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            mounts.map(line -> line.split(" ", -1)[1])
                    .filter(target -> target.startsWith(folder + "/"))
                    .sorted(Comparator.reverseOrder())
                    .forEach(target -> run("umount", "--lazy", target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        Command.of(command).run();
    }

    /** A killed engine leaves its containerd behind, in no state for a new engine to take over. */
    private void killOrphan() {
        var pidFile = folder.resolve("exec/containerd/containerd.pid");
        try {
            if (Files.exists(pidFile)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                        .filter(ProcessHandle::destroyForcibly)
                        .ifPresent(orphan ->
                                await("the end of containerd").atMost(PATIENCE).until(() -> !orphan.isAlive()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
