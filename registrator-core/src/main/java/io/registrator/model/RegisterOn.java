package io.registrator.model;

/** What a service waits for before it is registered. */
public enum RegisterOn {
    /** Nothing: it is registered as soon as its container runs, and starts as passing if it answers already. */
    START,
    /** Its port accepting a connection. */
    LISTENING,
    /** The engine's HEALTHCHECK saying healthy; without one, as {@link #LISTENING}. */
    HEALTHY
}
