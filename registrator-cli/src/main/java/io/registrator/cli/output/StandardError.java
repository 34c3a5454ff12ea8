package io.registrator.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is at the other end of standard error, as far as Linux tells. */
enum StandardError {
    /** The journal of systemd, which stamps lines itself and reads a priority from their beginning. */
    JOURNAL,
    /** Somebody who sees colours. */
    TERMINAL,
    /** A file, or another program. */
    OTHER;

    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/2");

    static StandardError ofThisProcess() {
        return of(System.getenv(), DESCRIPTOR);
    }

    /** The journal says which file it reads; a child that writes elsewhere inherits the variable all the same. */
    static StandardError of(Map<String, String> environment, Path descriptor) {
        if (environment.getOrDefault("JOURNAL_STREAM", "").equals(deviceAndInode(descriptor))) {
            return JOURNAL;
        }
        boolean wantsColour = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return wantsColour && isTerminal(descriptor) ? TERMINAL : OTHER;
    }

    private static String deviceAndInode(Path descriptor) {
        try {
            return Files.getAttribute(descriptor, "unix:dev") + ":" + Files.getAttribute(descriptor, "unix:ino");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return "unknown";
        }
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().matches("/dev/(pts/\\d+|tty\\d*|console)");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return false;
        }
    }
}
