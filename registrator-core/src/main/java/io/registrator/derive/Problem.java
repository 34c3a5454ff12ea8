package io.registrator.derive;

import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import org.jspecify.annotations.Nullable;

/**
 * Something in a container's metadata that its owner should put right.
 *
 * @param port null where it concerns the container as a whole
 * @param key the metadata key or the flag as it is written
 * @param message what is wrong, and what to write instead; never a secret
 */
public record Problem(
        Severity severity, ContainerRef container, @Nullable ContainerPort port, String key, String message) {

    /** How much a problem takes away. */
    public enum Severity {
        /** The service is not registered. */
        ERROR,
        /** The service is registered, without what is left out. */
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
