package io.registrator.derive;

import io.registrator.model.ContainerPort;
import org.jspecify.annotations.Nullable;

/**
 * A candidate port that gives no service, and why.
 *
 * @param port null for a container that has no candidate port at all
 * @param text the reason in words, and what to do about it
 */
public record LeftOut(@Nullable ContainerPort port, Reason reason, String text) implements PortOutcome {

    /** Why a port gives no service. */
    public enum Reason {
        NOT_RUNNING,
        /** A {@code -filter} leaves the container out. */
        FILTERED,
        NO_PORT,
        NOT_PUBLISHED,
        /** Another binding of a port that is registered with its first. */
        OTHER_BINDING,
        IGNORED,
        /** {@code -explicit}, and no name attribute. */
        NO_NAME,
        NO_ADDRESS,
        /** It is reached at the host's address, which is not known. */
        NO_HOST_ADDRESS,
        /** One of the container's {@link Problem problems} is an error of this port. */
        INVALID
    }
}
