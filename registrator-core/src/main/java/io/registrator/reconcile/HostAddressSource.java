package io.registrator.reconcile;

import io.registrator.model.HostAddress;

/** Finds the address of the host whose containers are registered. */
@FunctionalInterface
public interface HostAddressSource {

    /**
     * Asks whoever may know it, once more each time. Blocks for a bounded time, on any thread; the next call comes only after
     * the return. Never throws for what a peer does: that is an address that is awaited.
     */
    HostAddress find();

    /** For services that never need one. */
    static HostAddressSource none() {
        return () -> HostAddress.NOT_ASKED;
    }
}
