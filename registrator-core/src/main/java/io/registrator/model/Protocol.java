package io.registrator.model;

/** A transport protocol of a container port, as the engine names it. */
public enum Protocol {
    TCP,
    UDP,
    SCTP;

    /** The engine's lower-case word for it, as in {@code 80/tcp}. */
    public String word() {
        return switch (this) {
            case TCP -> "tcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
        };
    }
}
