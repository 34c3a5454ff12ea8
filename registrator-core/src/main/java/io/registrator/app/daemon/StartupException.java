package io.registrator.app.daemon;

/**
 * The daemon cannot start, or has to be started anew: a peer that never answered or never will, or no address for services. One
 * line, with what to do.
 */
public final class StartupException extends RuntimeException {
    public StartupException(String message) {
        super(message);
    }
}
