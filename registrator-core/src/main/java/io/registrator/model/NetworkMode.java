package io.registrator.model;

import java.util.Optional;

/** A container's network mode as the engine keeps it: {@code default}, {@code host}, {@code container:ID}, a network's name. */
public record NetworkMode(String value) {
    private static final String CONTAINER = "container:";

    /** The network of the engine's own, under the name that it has among a container's networks. */
    public static final String DEFAULT_BRIDGE = "bridge";

    public boolean isHost() {
        return value.equals("host");
    }

    /** The network that the container was created on, by its name. */
    public String network() {
        return value.equals("default") ? DEFAULT_BRIDGE : value;
    }

    /** The ID or name of the container whose network stack this one shares. */
    public Optional<String> sharedContainer() {
        return value.startsWith(CONTAINER)
                        && !value.substring(CONTAINER.length()).isBlank()
                ? Optional.of(value.substring(CONTAINER.length()))
                : Optional.empty();
    }
}
