package io.registrator.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinuxProcessTest {
    private static final String ID = "a1d3da899deb9862131ca6b22244975826bdf08612aa7ce5997f57e8ce4f35d1";

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1128 1117 254:1 /var/lib/docker/containers/" + ID
                        + "/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw",
                "730 715 0:25 /containers/overlay-containers/" + ID
                        + "/userdata/resolv.conf /etc/resolv.conf rw,nosuid,nodev - tmpfs tmpfs rw,mode=755"
            })
    void knowsItsContainer(String mount) throws IOException {
        write("proc/self/mountinfo", "1 2 0:1 / / rw - overlay overlay rw\n" + mount + "\n");

        assertThat(process().container()).contains(new ContainerId(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42 27 254:0 /var/lib/docker/containers/" + ID
                        + "/mounts/shm /var/lib/docker/shm rw - ext4 /dev/vda rw",
                "42 27 254:0 /etc/hosts /etc/hosts rw - ext4 /dev/vda rw",
                "42 27"
            })
    void isInNoContainerByOtherMounts(String mount) throws IOException {
        write("proc/self/mountinfo", mount + "\n");

        assertThat(process().container()).isEmpty();
    }

    @Test
    void knowsNothingWithoutProc() {
        assertThat(process().container()).isEmpty();
        assertThat(process().isMarkedAsContainer()).isFalse();
        assertThat(process().isOpenedHere(root.resolve("none.sock"))).isFalse();
    }

    @Test
    void knowsItsNameWithoutTheKernelsSettings() {
        assertThat(process().hostName())
                .isEqualTo(OwnProcess.ofLinux().hostName())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".dockerenv", "run/.containerenv"})
    void knowsAnEnginesMark(String mark) throws IOException {
        write(mark, "");

        assertThat(process().isMarkedAsContainer()).isTrue();
    }

    @Test
    void knowsWhoListensInItsNamespace() throws IOException {
        Path socket = root.resolve("engine.sock");
        Path link = Files.createSymbolicLink(root.resolve("link"), root);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThat(OwnProcess.ofLinux().isOpenedHere(socket)).isTrue();
            assertThat(OwnProcess.ofLinux().isOpenedHere(link.resolve("engine.sock")))
                    .isTrue();
        }
        assertThat(OwnProcess.ofLinux().isOpenedHere(socket))
                .as("after its end")
                .isFalse();
    }

    @Test
    void doesNotTakeAConnectionForAListener() throws IOException {
        Path socket = Files.createFile(root.resolve("engine.sock"));
        write(
                "proc/self/net/unix",
                "Num       RefCount Protocol Flags    Type St Inode Path\n"
                        + "000000008c0bc9ff: 00000003 00000000 00000000 0001 03  6652 " + socket + "\n"
                        + "000000008c0bc9fe: 00000002 00000000 00010000 0001 01  6653 @" + socket + "\n");

        assertThat(process().isOpenedHere(socket)).isFalse();
    }

    private LinuxProcess process() {
        return new LinuxProcess(root);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
