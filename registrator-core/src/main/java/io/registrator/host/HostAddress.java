package io.registrator.host;

/**
 * The address that services with published ports are registered with.
 *
 * @param address an IP address; never a wildcard, loopback or link-local one
 * @param source where it comes from, for people: {@code what the name node-1 resolves to}
 */
public record HostAddress(String address, String source) {}
