package io.registrator.ops.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a unix socket. Only a socket that nobody answers on is replaced; all else that has the path stays. */
public final class SocketFile {
    private static final String OWNER_AND_GROUP = "rw-rw----";
    /** See inode(7). */
    private static final int KIND_OF_FILE = 0170000;

    private static final int SOCKET = 0140000;

    private SocketFile() {}

    /**
     * Listens there from now on, for the file's owner and group.
     *
     * @throws IOException when the path is taken, or no socket can be made there
     */
    static ServerSocketChannel listen(Path path) throws IOException {
        removeStale(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(OWNER_AND_GROUP));
            return channel;
        } catch (IOException unusable) {
            channel.close();
            throw unusable;
        }
    }

    /** Links are not followed: what they lead to belongs to somebody else. */
    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new IOException("there is something else than a socket already: "
                    + (Files.isSymbolicLink(path) ? "a link to " + Files.readSymbolicLink(path) : kind(path))
                    + "; name another path, or remove it");
        }
        if (isAnswered(path)) {
            throw new IOException("another process listens there");
        }
        Files.delete(path);
    }

    /** Whether it is a socket that nobody answers on. */
    public static boolean isAbandoned(Path path) throws IOException {
        return isSocket(path) && !isAnswered(path);
    }

    private static boolean isSocket(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & KIND_OF_FILE) == SOCKET;
    }

    private static String kind(Path path) {
        if (Files.isDirectory(path)) {
            return "a folder";
        }
        return Files.isRegularFile(path) ? "a regular file" : "a device or a pipe";
    }

    /** A socket that refuses has nobody behind it; one that fails in another way may have. */
    private static boolean isAnswered(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }
}
