package io.registrator.derive;

import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import org.jspecify.annotations.Nullable;

/** A port of a container that wants a service ID. */
public record IdClaim(ContainerRef container, @Nullable ContainerPort port) {
    @Override
    public String toString() {
        return port == null ? container.toString() : container + " " + port;
    }
}
