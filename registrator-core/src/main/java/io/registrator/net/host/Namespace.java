package io.registrator.net.host;

/**
 * Whose network namespace we run in.
 *
 * @param because what shows it, for people
 */
public record Namespace(Kind kind, String because) {

    /** Whose it is. */
    public enum Kind {
        /** The engine's, in which ports are published: addresses of ours are the host's. */
        HOST,
        /** A container's of its own: addresses of ours are not the host's. */
        CONTAINER,
        /** Nothing shows it. */
        UNKNOWN
    }
}
