package io.registrator.it;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.registrator.testing.Command;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/** The image that the Dockerfile makes. */
public final class RegistratorImage {
    private static final String NAME = "registrator-test/registrator:it";
    private static final Path LOCK = Path.of(System.getProperty("java.io.tmpdir"), "registrator-image.lock");

    private RegistratorImage() {}

    /** Builds it, where this has not been done with just these files; its name. JVMs take turns: the second has it cached. */
    public static String build() throws IOException {
        try (FileChannel lock = FileChannel.open(LOCK, CREATE, WRITE)) {
            lock.lock();
            Command.of(Path.of("../scripts/build-image.sh").toAbsolutePath().toString(), NAME)
                    .within(Duration.ofMinutes(20))
                    .output();
        }
        return NAME;
    }
}
