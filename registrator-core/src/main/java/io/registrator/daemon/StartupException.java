package io.registrator.daemon;

/** The daemon cannot start: a peer that never answered, or no address for services. One line, with what to do. */
public final class StartupException extends RuntimeException {
    public StartupException(String message) {
        super(message);
    }
}
