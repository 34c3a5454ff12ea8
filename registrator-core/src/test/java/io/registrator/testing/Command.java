package io.registrator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that comes to its end by itself, or is killed at its deadline with all that it started: no test waits for it for ever. */
public final class Command {
    /** Long for what tests ask for, on a machine that is busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProcessBuilder process;
    private final Duration patience;

    private Command(ProcessBuilder process, Duration patience) {
        this.process = process;
        this.patience = patience;
    }

    /** A command with this machine's environment. */
    public static Command of(String... words) {
        return of(new ProcessBuilder(words));
    }

    /** A command with this machine's environment. */
    public static Command of(List<String> words) {
        return of(new ProcessBuilder(words));
    }

    /** A command in a folder, or with an input, of its own. Both its outputs are read together. */
    public static Command of(ProcessBuilder process) {
        return new Command(process.redirectErrorStream(true), PATIENCE);
    }

    /** The same, which may take so long. */
    public Command within(Duration time) {
        return new Command(process, time);
    }

    /**
     * Runs it.
     *
     * @throws AssertionError if it does not end in time
     * @throws UncheckedIOException if there is no such program
     */
    public Result run() {
        try {
            Process running = process.start();
            Thread watch = Thread.ofVirtual().start(() -> killLate(running));
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            watch.join();
            return new Result(running.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + process.command(), e);
        }
    }

    /**
     * Runs it and gives what it printed, without white space around it.
     *
     * @throws AssertionError if it fails or does not end in time
     */
    public String output() {
        Result result = run();
        if (result.exit() != 0) {
            throw new AssertionError(
                    "%s ended with %d: %s".formatted(process.command(), result.exit(), result.output()));
        }
        return result.output().strip();
    }

    /**
     * SIGKILL, and waits for the end. Not by {@link Process#onExit}, which asks by the number: where that has been given to
     * another process meanwhile, it would wait for that one.
     *
     * @throws AssertionError if it does not end in time
     */
    public static void kill(Process process) {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not even SIGKILL ends " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + process.pid() + " ends", e);
        }
    }

    private void killLate(Process running) {
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How a command ended.
     *
     * @param exit its exit code; 137 if it was killed
     * @param output what it printed to both outputs
     */
    public record Result(int exit, String output) {}
}
