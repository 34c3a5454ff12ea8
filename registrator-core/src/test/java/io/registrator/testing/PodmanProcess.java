package io.registrator.testing;

import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Podman's Docker-compatible service, of a test's own: with containers, networks, mounts and iptables that nobody else
 * sees. Needs root and the {@code podman} that {@value #BINARY} names.
 */
public final class PodmanProcess implements AutoCloseable {
    public static final String BINARY = "REGISTRATOR_TEST_PODMAN";

    /** {@link DockerCli#BUSYBOX}, as Podman calls it. */
    public static final String BUSYBOX = "docker.io/" + DockerCli.BUSYBOX;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ImmutableList<Path> RUNC =
            ImmutableList.of(Path.of("/usr/sbin/runc"), Path.of("/usr/bin/runc"));

    private final Path folder;
    private final DockerCli cli;
    private final Process process;

    private PodmanProcess(Path folder) throws IOException {
        this.folder = folder;
        cli = new DockerCli(URI.create("unix://" + folder.resolve("podman.sock")));
        process = launch(folder);
    }

    /** Why this machine cannot start one; empty when it can. */
    public static Optional<String> reasonAgainst() {
        return System.getenv(BINARY) == null
                ? Optional.of(BINARY + " names no podman; scripts/test.sh installs one on Debian")
                : Optional.of("it needs root").filter(reason -> !"root".equals(System.getProperty("user.name")));
    }

    /** Starts one that answers when this returns, and has {@link #BUSYBOX}. */
    public static PodmanProcess start() {
        try {
            PodmanProcess podman = new PodmanProcess(Files.createTempDirectory("podman"));
            podman.awaitAnswer();
            podman.cli.importBusybox();
            return podman;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its command line is Docker's. */
    public DockerCli cli() {
        return cli;
    }

    /** The engine itself, in whose network namespace its containers' ports are published. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        cli.docker("ps", "--all", "--quiet").lines().forEach(cli::remove);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("podman does not end");
            }
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Process launch(Path folder) throws IOException {
        // Its own default asks for more open files than root may have in a container.
        Files.writeString(folder.resolve("containers.conf"), "[containers]\ndefault_ulimits = []\n");
        Files.createDirectory(folder.resolve("networks"));
        ProcessBuilder builder = new ProcessBuilder(command(folder))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment()
                .put("CONTAINERS_CONF", folder.resolve("containers.conf").toString());
        return builder.start();
    }

    private static ImmutableList<String> command(Path folder) {
        return ImmutableList.<String>builder()
                .add("unshare", "--net", "--mount", System.getenv(BINARY))
                .add("--root=" + folder.resolve("root"))
                .add("--runroot=" + folder.resolve("run"))
                .add("--tmpdir=" + folder.resolve("tmp"))
                .add("--network-config-dir=" + folder.resolve("networks"))
                .add("--storage-driver=vfs", "--events-backend=file", "--cgroup-manager=cgroupfs")
                // Docker's own: unlike crun, it knows every layout of cgroups that Docker does.
                .addAll(RUNC.stream()
                        .filter(Files::isExecutable)
                        .limit(1)
                        .map(runc -> "--runtime=" + runc)
                        .toList())
                .add("system", "service", "--time=0", "unix://" + folder.resolve("podman.sock"))
                .build();
    }

    private void awaitAnswer() {
        await("podman's first answer").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("podman has ended:\n" + Files.readString(folder.resolve("log")));
            }
            return cli.answers();
        });
    }
}
