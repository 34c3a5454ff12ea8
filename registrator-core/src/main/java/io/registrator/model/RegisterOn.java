package io.registrator.model;

/** What a service waits for before it is registered. */
public enum RegisterOn {
    /** Nothing: it is registered as soon as its container runs, unasked: its checks decide from then on. */
    START,
    /** Its port accepting a connection. */
    LISTENING,
    /** The engine's HEALTHCHECK saying healthy; without one, as {@link #LISTENING}. */
    HEALTHY
}
