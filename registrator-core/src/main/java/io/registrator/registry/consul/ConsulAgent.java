package io.registrator.registry.consul;

/**
 * What a Consul agent says of itself.
 *
 * @param address the one that it advertises to its cluster
 * @param hasLeader whether its cluster has a leader; without one the agent takes registrations but cannot pass them on
 */
public record ConsulAgent(String version, String nodeName, String address, boolean hasLeader) {}
