package io.registrator.net.host;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;

/** What the machine, or the network namespace, that we run in knows of addresses. */
public interface HostNetwork {

    /** Asks the resolver for a name. May wait for DNS. */
    Resolved resolve(String name);

    /** The addresses of all interfaces. */
    ImmutableSet<InetAddress> ownAddresses();

    /** Whether one of our interfaces is on the network that the address belongs to. */
    boolean isNeighbour(InetAddress address);

    /** The source addresses of packets that leave by the default route: IPv4, then IPv6, each where it has such a route. */
    ImmutableList<InetAddress> defaultRouteSources();

    /** This process's own. */
    static HostNetwork ofThisProcess() {
        return new JdkHostNetwork();
    }

    /**
     * What the resolver said of a name.
     *
     * @param addresses in its order; none for a name that has none
     * @param trouble why there is none, in its words; empty where there is one
     */
    record Resolved(ImmutableList<InetAddress> addresses, String trouble) {}
}
