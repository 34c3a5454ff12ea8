package io.registrator.app.daemon;

import io.registrator.registry.consul.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that a file holds, read again each time. While the file is being replaced it may be missing or empty for a
 * moment, so then its last content counts.
 */
final class TokenFile implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    private final Path file;
    private final AtomicBoolean isUnusable = new AtomicBoolean();
    private volatile String last = "";

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public String current() {
        try {
            last = read();
            isUnusable.set(false);
        } catch (IOException unusable) {
            if (last.isEmpty()) {
                throw new UncheckedIOException("CONSUL_HTTP_TOKEN_FILE: " + unusable.getMessage(), unusable);
            }
            if (!isUnusable.getAndSet(true)) {
                LOG.warn("CONSUL_HTTP_TOKEN_FILE: going on with the last token: {}", unusable.getMessage());
            }
        }
        return last;
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    private String read() throws IOException {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IOException("cannot read " + file + ": " + unreadable, unreadable);
        }
        if (token.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        return token;
    }
}
