package io.registrator.derive;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;

/**
 * Where a service is reached.
 *
 * @param address an IP address
 * @param port 0 for a service declared without one
 * @param alternatives further addresses by their tag in the registry; the port is the same
 */
record Endpoint(Explained<String> address, Explained<Integer> port, ImmutableSortedMap<String, String> alternatives) {
    private static final String IPV6 = "lan_ipv6";

    static Endpoint of(Explained<String> address, Explained<Integer> port) {
        return new Endpoint(address, port, ImmutableSortedMap.of());
    }

    Endpoint withAlternative(String ipv6) {
        return new Endpoint(address, port, ImmutableSortedMap.of(IPV6, ipv6));
    }

    /** {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}. */
    HostAndPort target() {
        return HostAndPort.fromParts(address.value(), port.value());
    }
}
