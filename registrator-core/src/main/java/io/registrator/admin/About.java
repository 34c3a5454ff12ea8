package io.registrator.admin;

/**
 * What a daemon is and where it works.
 *
 * @param node the first part of its service IDs
 * @param address of published ports
 * @param ports {@code published} or {@code internal}
 */
public record About(String version, String node, String address, String engine, String registry, String ports) {}
