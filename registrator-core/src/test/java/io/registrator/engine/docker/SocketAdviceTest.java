package io.registrator.engine.docker;

import static io.registrator.engine.docker.WithFakeEngine.transientMessage;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketAdviceTest {
    @Test
    void saysWhatToDoAboutAMissingSocket(@TempDir Path folder) {
        try (var nowhere = new DockerSource(DockerSettings.of(URI.create("unix://" + folder + "/docker.sock")))) {
            assertThat(transientMessage(nowhere.engine()))
                    .contains(folder + "/docker.sock", "start the engine", "mount");
        }
    }

    @Test
    void saysWhatToDoAboutAFolderInPlaceOfTheSocket(@TempDir Path folder) {
        try (var nowhere = new DockerSource(DockerSettings.of(URI.create("unix://" + folder)))) {
            assertThat(transientMessage(nowhere.engine())).contains("is a folder");
        }
    }

    @Test
    void saysWhatToDoAboutASocketThatNobodyListensOn(@TempDir Path folder) throws Exception {
        var socket = folder.resolve("docker.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(Files.exists(socket)).isTrue();
        try (var nowhere = new DockerSource(DockerSettings.of(URI.create("unix://" + socket)))) {
            assertThat(transientMessage(nowhere.engine())).contains("nobody listens there");
        }
    }

    @Test
    void saysTheGroupOfASocketThatItMayNotOpen(@TempDir Path folder) throws Exception {
        var socket = Files.createFile(folder.resolve("docker.sock"));

        assertThat(SocketAdvice.on(socket, "Permission denied"))
                .contains("group '" + Files.getAttribute(socket, "posix:group") + "'", "--group-add");
    }
}
