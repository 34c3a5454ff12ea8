package io.registrator.model;

/** What becomes of a service when the engine has asked its container to stop. */
public enum Drain {
    /** It is deregistered at once. */
    DEREGISTER,
    /** It is put into maintenance at once, and deregistered when the container has stopped. */
    MAINTENANCE,
    /** Nothing, until the container has stopped. */
    OFF
}
