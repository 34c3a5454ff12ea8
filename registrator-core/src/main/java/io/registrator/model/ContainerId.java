package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

/** The engine's full ID of a container. */
public record ContainerId(String value) implements Comparable<ContainerId> {
    private static final int SHORT_LENGTH = 12;

    public ContainerId {
        checkArgument(!value.isBlank(), "a container ID is not blank");
    }

    /** The first twelve characters, as {@code docker ps} shows them. */
    public String shortId() {
        return value.length() <= SHORT_LENGTH ? value : value.substring(0, SHORT_LENGTH);
    }

    @Override
    public int compareTo(ContainerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
