package io.registrator.registry.consul;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when the token has changed. A file may be replaced in ways that no file system tells of. For one thread. */
final class TokenObserver {
    private static final Logger LOG = LoggerFactory.getLogger(TokenObserver.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final TokenSource tokens;
    private String last;

    TokenObserver(TokenSource tokens) {
        this.tokens = tokens;
        this.last = current("");
    }

    /** Looks once; runs {@code hint} if the token is another one; returns how long to wait before looking again. */
    Duration observe(Runnable hint) {
        String now = current(last);
        if (!now.equals(last)) {
            LOG.info("the ACL token has changed; everything is registered anew with it");
            hint.run();
        }
        last = now;
        return PERIOD;
    }

    private String current(String otherwise) {
        try {
            return tokens.current();
        } catch (UncheckedIOException unreadable) {
            return otherwise;
        }
    }
}
