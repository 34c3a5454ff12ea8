package io.registrator.model;

/** The states of a container that the engine tells apart. */
public enum ContainerState {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD;

    /** Whether its processes exist, so that it keeps its services. A paused container is running. */
    public boolean isRunning() {
        return this == RUNNING || this == PAUSED;
    }
}
