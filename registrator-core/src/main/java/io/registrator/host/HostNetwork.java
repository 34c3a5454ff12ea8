package io.registrator.host;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;
import java.util.Optional;

/** What the machine, or the network namespace, that we run in knows of addresses. */
public interface HostNetwork {

    /** What the name resolves to, in the resolver's order; nothing for an unknown name. May wait for DNS. */
    ImmutableList<InetAddress> resolve(String name);

    /** The addresses of all interfaces. */
    ImmutableSet<InetAddress> ownAddresses();

    /** The source address of packets that leave by the default route, IPv4 preferred; empty without such a route. */
    Optional<InetAddress> defaultRouteSource();

    /** This process's own. */
    static HostNetwork ofThisProcess() {
        return new JdkHostNetwork();
    }
}
