package io.registrator.ops.admin;

/**
 * What a daemon is and where it works.
 *
 * @param node the first part of its service IDs
 * @param address of published ports, or why it is not known; empty while no service needs it
 * @param ports {@code published} or {@code internal}
 */
public record About(String version, String node, String address, String engine, String registry, String ports) {
    /** The same with another address. */
    public About at(String found) {
        return new About(version, node, found, engine, registry, ports);
    }
}
