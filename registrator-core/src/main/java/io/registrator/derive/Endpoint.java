package io.registrator.derive;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;

/**
 * Where a service is reached.
 *
 * @param address an IP address
 * @param port 0 for a service declared without one
 * @param alternatives further addresses by their tag in the registry; the port is the same
 * @param isClaimed whether the container itself says the address
 */
record Endpoint(
        Explained<String> address,
        Explained<Integer> port,
        ImmutableSortedMap<String, String> alternatives,
        boolean isClaimed) {
    private static final String IPV6 = "lan_ipv6";

    static Endpoint of(Explained<String> address, Explained<Integer> port) {
        return new Endpoint(address, port, ImmutableSortedMap.of(), false);
    }

    /** Where the container says that it is. */
    static Endpoint claimed(Explained<String> address, Explained<Integer> port) {
        return new Endpoint(address, port, ImmutableSortedMap.of(), true);
    }

    Endpoint withAlternative(String ipv6) {
        return new Endpoint(address, port, ImmutableSortedMap.of(IPV6, ipv6), isClaimed);
    }

    /** {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}. */
    HostAndPort target() {
        return HostAndPort.fromParts(address.value(), port.value());
    }
}
