package io.registrator.model;

/**
 * A container's place in one network.
 *
 * @param ipv4 its IPv4 address there, or empty
 * @param ipv6 its global IPv6 address there, or empty
 */
public record NetworkEndpoint(String ipv4, String ipv6) {}
