package io.registrator.model;

/** A container as messages name it: {@code web (4c01db0b339c)}. */
public record ContainerRef(ContainerId id, String name) {
    @Override
    public String toString() {
        return name + " (" + id.shortId() + ")";
    }
}
