package io.registrator.docker;

import com.github.dockerjava.api.model.Network;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The host's own addresses on a bridge network of the engine's. */
final class BridgeGateways {
    private BridgeGateways() {}

    static ImmutableSet<InetAddress> of(Network network) {
        return Optional.ofNullable(network.getIpam()).map(Network.Ipam::getConfig).stream()
                .flatMap(Collection::stream)
                .flatMap(config -> gateway(config).stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** An engine that was not told a gateway shows none, and takes the subnet's first address. */
    private static Optional<InetAddress> gateway(Network.Ipam.Config config) {
        return address(config.getGateway()).or(() -> network(config.getSubnet()).map(InetAddresses::increment));
    }

    private static Optional<InetAddress> network(@Nullable String subnet) {
        return Optional.ofNullable(subnet)
                .flatMap(cidr ->
                        address(Splitter.on('/').splitToStream(cidr).findFirst().orElse(cidr)));
    }

    private static Optional<InetAddress> address(@Nullable String text) {
        return Stream.ofNullable(text)
                .filter(InetAddresses::isInetAddress)
                .<InetAddress>map(InetAddresses::forString)
                .findFirst();
    }
}
