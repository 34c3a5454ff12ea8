package io.registrator.engine.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A unix socket that was mounted into our container as a file, and that the engine has deleted since. An engine makes a new
 * socket at each start; the mount goes on showing the old one, on which nobody can listen again.
 */
final class OrphanSocket {
    private OrphanSocket() {}

    /** What is wrong with the socket, and what to do; empty where it is in order, missing, or cannot be looked at. */
    static Optional<String> on(Path socket) {
        try {
            // Only a mount shows a file that no folder has.
            return Files.getAttribute(socket, "unix:nlink").equals(0)
                    ? Optional.of(socket
                            + " is mounted from a file that the engine has replaced since, as it does at each start;"
                            + " a new start of this container mounts the new one, and its restart policy sees to that")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
