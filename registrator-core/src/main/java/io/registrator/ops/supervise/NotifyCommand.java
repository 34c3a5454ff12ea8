package io.registrator.ops.supervise;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications by {@code systemd-notify}, which every host with systemd has: the JDK has no datagram sockets of the
 * unix kind, and calling the C library for them keeps 14 MB for good, against a short process now and then (ADR 0018). The unit
 * needs {@code NotifyAccess=all} for that.
 */
final class NotifyCommand implements Consumer<ImmutableList<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyCommand.class);
    private static final File NOTHING = new File("/dev/null");
    private static final long PATIENCE_SECONDS = 5;

    private final String command;
    private boolean failing;

    NotifyCommand(String command) {
        this.command = command;
    }

    @Override
    public void accept(ImmutableList<String> assignments) {
        try {
            run(assignments);
            failing = false;
        } catch (IOException failed) {
            if (!failing) {
                LOG.warn("cannot notify systemd: {}", failed.getMessage());
            }
            failing = true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ImmutableList<String> assignments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ImmutableList.<String>builder()
                        .add(command)
                        .addAll(assignments)
                        .build())
                .redirectInput(Redirect.from(NOTHING))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
