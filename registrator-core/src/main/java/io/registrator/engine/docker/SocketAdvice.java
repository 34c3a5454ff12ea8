package io.registrator.engine.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** What to do about a unix socket that cannot be opened. */
final class SocketAdvice {
    private SocketAdvice() {}

    /** Begins with a semicolon; empty where there is nothing to say. */
    static String on(Path socket, String problem) {
        if (Files.notExists(socket)) {
            return "; there is no " + socket + ": start the engine, or in a container mount the socket (-v " + socket
                    + ":" + socket + ")";
        }
        if (Files.isDirectory(socket)) {
            return "; " + socket + " is a folder, as when a container mounts a socket that did not exist yet:"
                    + " start the engine, remove the folder, and create the container anew";
        }
        if (problem.contains("Permission denied")) {
            return "; it belongs to the group '" + group(socket) + "': run as a member of that group (usermod -aG, or"
                    + " --group-add " + groupId(socket) + " for a container) or as root (-u 0 for a container)";
        }
        return problem.contains("Connection refused") ? "; nobody listens there: start the engine" : "";
    }

    /** In a container the host's names are unknown, and only the number helps. */
    private static Object groupId(Path socket) {
        try {
            return Files.getAttribute(socket, "unix:gid");
        } catch (IOException | UnsupportedOperationException e) {
            return group(socket);
        }
    }

    private static String group(Path socket) {
        try {
            return Files.readAttributes(socket, PosixFileAttributes.class)
                    .group()
                    .getName();
        } catch (IOException e) {
            return "docker";
        }
    }
}
