package io.registrator.it.stacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Stacks under load take turns, also when their tests run in several JVMs: two at a time would measure each other. */
final class Turn implements AutoCloseable {
    private static final Path FILE = Path.of(System.getProperty("java.io.tmpdir"), "registrator-stacks.lock");

    private final FileChannel held;

    private Turn(FileChannel held) {
        this.held = held;
    }

    /** Waits for the turn; a JVM that ends gives it back. */
    static Turn take() {
        try {
            FileChannel channel = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new Turn(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
