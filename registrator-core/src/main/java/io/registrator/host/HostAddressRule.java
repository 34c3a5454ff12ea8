package io.registrator.host;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The host's address where none is given: what the node's name resolves to; else, in the host's network namespace, the
 * source address of the default route; else what the registry's agent advertises. A wildcard, loopback or link-local
 * address is passed over each time: nobody else could reach it.
 *
 * <p>We run in the host's network namespace when one of our interfaces bears the host's address on the engine's default
 * bridge. Where that is known not to be so, an address of our own is the container's, and passed over as well: a container
 * started with the host's name ({@code -h $HOSTNAME}) resolves that name to itself.
 */
public final class HostAddressRule {
    private final HostNetwork network;

    public HostAddressRule(HostNetwork network) {
        this.network = network;
    }

    /**
     * Finds the address, or says what to do.
     *
     * @param nodeName the engine host's name
     * @param bridgeGateways the host's addresses on the default bridge of a local engine; none for an engine elsewhere, or
     *     without such a bridge
     * @param advertised what the registry's agent advertises; asked last, and only when needed
     */
    public Outcome<HostAddress> find(
            String nodeName, ImmutableSet<InetAddress> bridgeGateways, Supplier<Optional<String>> advertised) {
        var own = network.ownAddresses();
        var onHost = !Collections.disjoint(own, bridgeGateways);
        var containers = onHost || bridgeGateways.isEmpty() ? ImmutableSet.<InetAddress>of() : own;
        return byName(nodeName, containers)
                .or(() -> onHost ? byDefaultRoute() : Optional.empty())
                .or(() -> byAgent(advertised))
                .<Outcome<HostAddress>>map(Outcome::success)
                .orElseGet(() -> Outcome.failed(advice(nodeName, onHost)));
    }

    private Optional<HostAddress> byName(String nodeName, ImmutableSet<InetAddress> containers) {
        return best(network.resolve(nodeName), containers)
                .map(address -> named(address, "what the name " + nodeName + " resolves to"));
    }

    private Optional<HostAddress> byDefaultRoute() {
        return network.defaultRouteSource()
                .filter(HostAddressRule::isReachable)
                .map(address -> named(address, "the source address of the default route"));
    }

    private static Optional<HostAddress> byAgent(Supplier<Optional<String>> advertised) {
        return advertised
                .get()
                .filter(InetAddresses::isInetAddress)
                .map(InetAddresses::forString)
                .filter(HostAddressRule::isReachable)
                .map(address -> named(address, "the address that the agent advertises"));
    }

    /** IPv4 before IPv6, else in the resolver's order. */
    private static Optional<InetAddress> best(
            ImmutableList<InetAddress> addresses, ImmutableCollection<InetAddress> unwanted) {
        var usable = addresses.stream()
                .filter(HostAddressRule::isReachable)
                .filter(address -> !unwanted.contains(address))
                .toList();
        return Stream.concat(usable.stream().filter(Inet4Address.class::isInstance), usable.stream())
                .findFirst();
    }

    private static boolean isReachable(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }

    private static HostAddress named(InetAddress address, String source) {
        return new HostAddress(InetAddresses.toAddrString(address), source);
    }

    private static Failure advice(String nodeName, boolean onHost) {
        var route = onHost ? "leads nowhere" : "is not the host's (this is not its network namespace)";
        return new Failure.Rejected(
                0,
                "cannot find out this host's address: the node's name '" + nodeName
                        + "' resolves to none that others could reach, the default route " + route
                        + ", and the agent advertises none; pass -ip with the address that this host's published ports"
                        + " are reached at");
    }
}
