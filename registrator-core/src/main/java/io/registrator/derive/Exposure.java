package io.registrator.derive;

import com.google.common.collect.ImmutableList;

/** By which address and port others reach a container's port. */
sealed interface Exposure {

    /** Not at all. */
    record None() implements Exposure {}

    /** By the host's address, with the container's port: it lives in the host's network. */
    record HostNetwork() implements Exposure {}

    /**
     * By the host's address, with the port that is bound there.
     *
     * @param bestFirst at least one place
     */
    record Published(ImmutableList<BindingChoice> bestFirst) implements Exposure {}

    /** By the container's own address, with the container's port. */
    record Own() implements Exposure {}

    /** Whether the address is one of the host's. */
    default boolean isAtHost() {
        return this instanceof HostNetwork || this instanceof Published;
    }

    default boolean isReachable() {
        return !(this instanceof None);
    }
}
