package io.registrator.testing;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The {@code docker} command on the PATH, for the things that tests do to an engine: a second opinion on the engine, free
 * of the library under test.
 */
public final class DockerCli {
    /** An image of nothing but a static busybox, as {@link #importBusybox} makes it. */
    public static final String BUSYBOX = "registrator-test/busybox:latest";

    private static final long PATIENCE_SECONDS = 60;

    private final URI host;

    public DockerCli(URI host) {
        this.host = host;
    }

    /** The engine that {@code DOCKER_HOST} names, or the usual one. */
    public static DockerCli ofThisMachine() {
        return new DockerCli(
                URI.create(Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock")));
    }

    /** The engine's URI. */
    public URI host() {
        return host;
    }

    /** Whether the engine answers. */
    public boolean answers() {
        try {
            return finish(start(List.of("version"))).exit() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * What the command printed, without the newline at its end.
     *
     * @throws AssertionError when it failed
     */
    public String docker(String... args) {
        var result = finish(start(List.of(args)));
        if (result.exit() != 0) {
            throw new AssertionError("docker %s failed: %s".formatted(String.join(" ", args), result.output()));
        }
        return result.output().strip();
    }

    /** Starts a container of {@link #BUSYBOX} that ends at once when asked to; the ID. */
    public String run(String... options) {
        return docker(ImmutableList.<String>builder()
                .add("run", "--detach", "--stop-signal", "KILL")
                .add(options)
                .add(BUSYBOX)
                .build()
                .toArray(String[]::new));
    }

    /** Removes a container, running or not; nothing where there is none. */
    public void remove(String container) {
        finish(start(List.of("rm", "--force", "--volumes", container)));
    }

    /**
     * Makes {@link #BUSYBOX} from {@code REGISTRATOR_TEST_BUSYBOX} or {@code /bin/busybox}, which must be linked statically.
     * Its command sleeps; {@code httpd}, {@code nc} and all else are at hand as {@code /bin/busybox WORD}.
     */
    public void importBusybox() {
        var binary = Path.of(
                Optional.ofNullable(System.getenv("REGISTRATOR_TEST_BUSYBOX")).orElse("/bin/busybox"));
        try {
            var archive = archive(binary.toRealPath());
            docker("import", "--change", "CMD [\"/bin/busybox\",\"sleep\",\"86400\"]", archive.toString(), BUSYBOX);
            Files.delete(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path archive(Path binary) throws IOException {
        var archive = Files.createTempFile("busybox", ".tar");
        var tar = new ProcessBuilder(
                "tar",
                "--create",
                "--file=" + archive,
                "--absolute-names",
                "--transform=s," + binary + ",bin/busybox,",
                binary.toString());
        var result = finish(tar.redirectErrorStream(true).start());
        if (result.exit() != 0) {
            throw new AssertionError("tar failed: " + result.output());
        }
        return archive;
    }

    private Process start(List<String> args) {
        var command = ImmutableList.<String>builder()
                .add("docker", "--host", host.toString())
                .addAll(args)
                .build();
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result finish(Process process) {
        try (var out = process.getInputStream()) {
            var output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + process.info());
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private record Result(int exit, String output) {}
}
