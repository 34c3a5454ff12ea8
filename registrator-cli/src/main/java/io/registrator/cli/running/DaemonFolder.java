package io.registrator.cli.running;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of the sockets at which daemons can be asked, which its owner and root alone can open. It is {@code daemons} in
 * {@code REGISTRATOR_RUN_DIR}; without that, in the {@code RUNTIME_DIRECTORY} that systemd gives to a unit, in {@code
 * /run/registrator} for root, in {@code $XDG_RUNTIME_DIR/registrator}, else in {@code /tmp/registrator-UID}.
 */
final class DaemonFolder {
    private static final Path OF_ROOT_AND_SYSTEMD = Path.of("/run/registrator");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final String NAME = "daemons";

    private DaemonFolder() {}

    /**
     * Where a daemon of this process's user listens; makes the folder where it is not there yet.
     *
     * @throws IOException when it cannot be made, or belongs to somebody else
     */
    static Path make(Map<String, String> environment) throws IOException {
        Path home = home(environment);
        makeHome(home);
        Path folder = home.resolve(NAME);
        makePrivate(folder);
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
        return folder;
    }

    /** Where daemons may be that a command of this process's user may ask. */
    static ImmutableList<Path> all(Map<String, String> environment) throws IOException {
        Path own = home(environment);
        Stream<Path> homes = environment.getOrDefault("REGISTRATOR_RUN_DIR", "").isEmpty()
                ? Stream.of(own, OF_ROOT_AND_SYSTEMD).distinct()
                : Stream.of(own);
        ImmutableList.Builder<Path> folders = ImmutableList.builder();
        for (Path home : homes.toList()) {
            if (Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS) && isTrusted(home)) {
                folders.add(home.resolve(NAME));
            }
        }
        return folders.build();
    }

    private static Path home(Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault("REGISTRATOR_RUN_DIR", "");
        String systemd = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        String session = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        if (!systemd.isEmpty()) {
            return Path.of(Splitter.on(':').split(systemd).iterator().next());
        }
        if (user() == 0) {
            return OF_ROOT_AND_SYSTEMD;
        }
        return session.isEmpty() ? Path.of("/tmp/registrator-" + user()) : Path.of(session, "registrator");
    }

    private static void makeHome(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home, PRIVATE);
        }
        if (!isTrusted(home)) {
            throw new IOException(home + " belongs to somebody else");
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PRIVATE);
        } catch (FileAlreadyExistsException before) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || owner(folder) != user()) {
                throw new IOException(folder + " is no folder of ours", before);
            }
        }
    }

    /** Everybody may make a folder in {@code /tmp}; all others are made by root, or by whoever sets the variables. */
    private static boolean isTrusted(Path home) throws IOException {
        return !home.startsWith("/tmp") || owner(home) == user();
    }

    private static int user() throws IOException {
        return owner(Path.of("/proc/self"));
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
