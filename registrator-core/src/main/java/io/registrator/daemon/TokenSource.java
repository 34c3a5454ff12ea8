package io.registrator.daemon;

import io.registrator.config.ConsulAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The token for Consul: the one that was given, or what its file holds now. */
final class TokenSource implements Supplier<String> {
    private final ConsulAccess access;

    TokenSource(ConsulAccess access) {
        this.access = access;
    }

    @Override
    public String get() {
        Path file = access.tokenFile();
        if (file != null) {
            return read(file);
        }
        String token = access.token();
        return token == null ? "" : token;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read CONSUL_HTTP_TOKEN_FILE " + file, unreadable);
        }
    }
}
