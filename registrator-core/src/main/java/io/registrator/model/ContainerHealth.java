package io.registrator.model;

/** What the engine's HEALTHCHECK says of a container; {@code NONE} where it has none. */
public enum ContainerHealth {
    NONE,
    STARTING,
    HEALTHY,
    UNHEALTHY
}
