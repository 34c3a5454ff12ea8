package io.registrator.consul;

import static com.google.common.base.Preconditions.checkState;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that notices when the token has changed. A file may be replaced in ways that no file system tells of. */
final class TokenWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final TokenSource tokens;
    private @Nullable Thread thread;

    TokenWatch(TokenSource tokens) {
        this.tokens = tokens;
    }

    synchronized void start(Runnable changed) {
        checkState(thread == null, "the token is watched already");
        if (tokens.mayChange()) {
            thread = Thread.ofVirtual().name("token-watch").start(() -> watch(changed));
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch(Runnable changed) {
        String before = current("");
        try {
            while (true) {
                Thread.sleep(PERIOD);
                String now = current(before);
                if (!now.equals(before)) {
                    LOG.info("the ACL token has changed; everything is registered anew with it");
                    changed.run();
                }
                before = now;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private String current(String otherwise) {
        try {
            return tokens.current();
        } catch (UncheckedIOException unreadable) {
            return otherwise;
        }
    }
}
