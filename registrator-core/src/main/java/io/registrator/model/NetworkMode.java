package io.registrator.model;

import java.util.Optional;

/** A container's network mode as the engine keeps it: {@code default}, {@code host}, {@code container:ID}, a network's name. */
public record NetworkMode(String value) {
    private static final String CONTAINER = "container:";

    public boolean isHost() {
        return value.equals("host");
    }

    /** The ID or name of the container whose network stack this one shares. */
    public Optional<String> sharedContainer() {
        return value.startsWith(CONTAINER)
                        && !value.substring(CONTAINER.length()).isBlank()
                ? Optional.of(value.substring(CONTAINER.length()))
                : Optional.empty();
    }
}
