package io.registrator.registry.consul;

/** Where the ACL token for an agent comes from. */
@FunctionalInterface
public interface TokenSource {

    /**
     * The token of this moment; empty for none. From any thread.
     *
     * @throws java.io.UncheckedIOException when it cannot be read, which fails the request that needs it
     */
    String current();

    /** Whether it may be another one later. */
    default boolean mayChange() {
        return false;
    }
}
