package io.registrator.engine.docker;

import com.github.dockerjava.api.model.Network;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The host's own addresses on a bridge network of the engine's. */
final class BridgeGateways {
    private BridgeGateways() {}

    static ImmutableSet<InetAddress> of(Network network) {
        return Optional.ofNullable(network.getIpam()).map(Network.Ipam::getConfig).stream()
                .flatMap(List::stream)
                .flatMap(config -> gateway(config).stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** An engine that was not told a gateway shows none, and takes the subnet's first address. */
    private static Optional<InetAddress> gateway(Network.Ipam.Config config) {
        return Optional.ofNullable(config.getGateway())
                .flatMap(BridgeGateways::address)
                .or(() -> Optional.ofNullable(config.getSubnet())
                        .flatMap(BridgeGateways::network)
                        .map(InetAddresses::increment));
    }

    private static Optional<InetAddress> network(String subnet) {
        return address(Splitter.on('/').splitToStream(subnet).findFirst().orElse(subnet));
    }

    private static Optional<InetAddress> address(String text) {
        return InetAddresses.isInetAddress(text) ? Optional.of(InetAddresses.forString(text)) : Optional.empty();
    }
}
