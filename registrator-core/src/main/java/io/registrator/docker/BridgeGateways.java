package io.registrator.docker;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;

/** The host's own addresses on a bridge network of the engine's. */
final class BridgeGateways {
    private BridgeGateways() {}

    static ImmutableSet<InetAddress> of(Fields network) {
        return network.objectOrEmpty("IPAM").objects("Config").stream()
                .flatMap(config -> gateway(config).stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** An engine that was not told a gateway shows none, and takes the subnet's first address. */
    private static Optional<InetAddress> gateway(Fields config) {
        return config.text("Gateway")
                .flatMap(BridgeGateways::address)
                .or(() -> config.text("Subnet").flatMap(BridgeGateways::network).map(InetAddresses::increment));
    }

    private static Optional<InetAddress> network(String subnet) {
        return address(Splitter.on('/').splitToStream(subnet).findFirst().orElse(subnet));
    }

    private static Optional<InetAddress> address(String text) {
        return InetAddresses.isInetAddress(text) ? Optional.of(InetAddresses.forString(text)) : Optional.empty();
    }
}
