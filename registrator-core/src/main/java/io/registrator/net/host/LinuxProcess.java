package io.registrator.net.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.base.Splitter;
import io.registrator.model.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code /proc}: of ourselves only, which is left also to a service without rights ({@code ProcSubset=pid}). */
final class LinuxProcess implements OwnProcess {
    private static final Logger log = LoggerFactory.getLogger(LinuxProcess.class);
    private static final Splitter FIELDS = Splitter.on(' ').omitEmptyStrings();

    /** Docker and Podman mount them from a folder with the container's ID: who shares a network has them of its holder. */
    private static final Set<String> NETWORK_FILES = Set.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf");

    private static final Pattern ID = Pattern.compile("/([0-9a-f]{64})/");
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /** {@code Num RefCount Protocol Flags Type St Inode Path} */
    private static final int SOCKET_FIELDS = 8;

    private static final int FLAGS = 3;
    private static final String LISTENS = "00010000";

    private final Path root;

    LinuxProcess(Path root) {
        this.root = root;
    }

    @Override
    public Optional<ContainerId> container() {
        return lines("proc/self/mountinfo").stream()
                .map(FIELDS::splitToList)
                .filter(mount -> mount.size() > MOUNT_POINT && NETWORK_FILES.contains(mount.get(MOUNT_POINT)))
                .map(mount -> ID.matcher(mount.get(ROOT)))
                .flatMap(id -> id.results().limit(1))
                .map(id -> new ContainerId(id.group(1)))
                .findFirst();
    }

    @Override
    public boolean isMarkedAsContainer() {
        return Files.exists(root.resolve(".dockerenv")) || Files.exists(root.resolve("run/.containerenv"));
    }

    @Override
    public String hostName() {
        return lines("proc/sys/kernel/hostname").stream()
                .map(String::strip)
                .findFirst()
                .orElseGet(LinuxProcess::askedHostName);
    }

    /** The exception that there is no address under the name begins with the name. */
    private static String askedHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return Splitter.on(':')
                    .splitToStream(String.valueOf(e.getMessage()))
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public boolean isOpenedHere(Path socket) {
        Optional<Path> ours = real(socket);
        return ours.isPresent()
                && lines("proc/self/net/unix").stream()
                        .map(FIELDS.limit(SOCKET_FIELDS)::splitToList)
                        .filter(open ->
                                open.size() == SOCKET_FIELDS && open.get(FLAGS).equals(LISTENS))
                        .map(List::getLast)
                        .filter(path -> path.endsWith("/" + ours.orElseThrow().getFileName()))
                        .anyMatch(path -> real(path).equals(ours));
    }

    private static Optional<Path> real(String path) {
        try {
            return real(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<String> lines(String file) {
        try (var lines = Files.lines(root.resolve(file), ISO_8859_1)) {
            return lines.toList();
        } catch (IOException | UncheckedIOException e) {
            log.debug("Cannot read {}", file, e);
            return List.of();
        }
    }
}
