package io.registrator.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonSocketTest {
    @TempDir
    private Path home;

    @Test
    void tellsCommandsHowTheDaemonWasStarted() {
        DaemonLine line = DaemonLine.ofThisProcess(
                List.of("--internal=true", "memory:"),
                Map.of("CONSUL_HTTP_TOKEN", "s3cret", "PATH", "/bin"),
                "unix:///var/run/docker.sock");

        try (DaemonSocket socket = DaemonSocket.open(line, environment())) {
            DaemonsHere here = DaemonsHere.find(environment());

            assertThat(socket).isNotNull();
            assertThat(here.lines()).containsExactly(line);
            assertThat(here.lines().getFirst().environment())
                    .containsOnly(
                            Map.entry("CONSUL_HTTP_TOKEN", "s3cret"),
                            Map.entry("DOCKER_HOST", "unix:///var/run/docker.sock"));
            assertThat(line).asString().doesNotContain("s3cret");
        }
        assertThat(DaemonsHere.find(environment()).lines()).isEmpty();
    }

    @Test
    void nobodyElseMayOpenTheFolder() throws IOException {
        Path folder = Files.createDirectory(home.resolve("daemons"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        DaemonSocket.open(new DaemonLine(1, List.of(), Map.of()), environment()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void removesWhatKilledDaemonsHaveLeftAndNothingElse() throws IOException {
        Path folder = Files.createDirectory(home.resolve("daemons"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("7.sock")))
                .close();
        Files.createFile(folder.resolve("file.sock"));
        try (DaemonSocket first = DaemonSocket.open(new DaemonLine(1, List.of(), Map.of()), environment());
                DaemonSocket second = DaemonSocket.open(new DaemonLine(2, List.of(), Map.of()), environment())) {
            assertThat(folder.resolve("7.sock")).doesNotExist();
            assertThat(folder.resolve("file.sock")).exists();
            assertThat(DaemonsHere.find(environment()).lines())
                    .extracting(DaemonLine::pid)
                    .containsExactly(1L, 2L);
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void takesNoFolderThatIsALink() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("daemons"), elsewhere);

        assertThatThrownBy(() -> DaemonFolder.make(environment())).hasMessageContaining("is no folder of ours");
    }

    private Map<String, String> environment() {
        return Map.of("REGISTRATOR_RUN_DIR", home.toString());
    }
}
