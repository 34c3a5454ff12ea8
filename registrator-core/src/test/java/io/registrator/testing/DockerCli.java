package io.registrator.testing;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code docker} command on the PATH, for the things that tests do to an engine: a second opinion on the engine, free
 * of the library under test.
 */
public final class DockerCli {
    /** An image of nothing but a static busybox, as {@link #importBusybox} makes it. */
    public static final String BUSYBOX = "registrator-test/busybox:latest";

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
        return command(List.of("version")).run().exit() == 0;
    }

    /**
     * What the command printed, without the newline at its end.
     *
     * @throws AssertionError when it failed
     */
    public String docker(String... args) {
        return command(List.of(args)).output();
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
        command(List.of("rm", "--force", "--volumes", container)).run();
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
        Command.of(
                        "tar",
                        "--create",
                        "--file=" + archive,
                        "--absolute-names",
                        "--transform=s," + binary + ",bin/busybox,",
                        binary.toString())
                .output();
        return archive;
    }

    private Command command(List<String> args) {
        return Command.of(ImmutableList.<String>builder()
                .add("docker", "--host", host.toString())
                .addAll(args)
                .build());
    }
}
