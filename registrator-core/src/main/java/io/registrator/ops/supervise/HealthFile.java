package io.registrator.ops.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written with every sign of life and removed at the end: one that is missing, or older than a few
 * periods, means that the daemon is not alive. It holds what the daemon does. Cheap to check
 * from outside, without a server and without starting anything that takes longer than the check.
 */
final class HealthFile implements Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);

    private final Path file;
    private String status = "starting";
    private boolean failing;

    HealthFile(Path file) {
        this.file = file;
    }

    @Override
    public void status(String text) {
        status = text;
    }

    @Override
    public void started() {
        alive();
    }

    @Override
    public void alive() {
        try {
            Files.writeString(file, status + "\n");
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("cannot write -health-file {}, so we look dead to who reads it: {}", file, e.toString());
            }
            failing = true;
        }
    }

    @Override
    public void stopping() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot remove -health-file {}: {}", file, e.toString());
        }
    }
}
