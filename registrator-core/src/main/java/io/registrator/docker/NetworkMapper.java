package io.registrator.docker;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.NetworkSettings;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.NetworkEndpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container's networks. Only {@code NetworkSettings.Networks} counts: the addresses beside it are those of one network,
 * and gone from API 1.52 on.
 */
final class NetworkMapper {
    private NetworkMapper() {}

    static ImmutableSortedMap<String, NetworkEndpoint> map(Optional<NetworkSettings> settings) {
        var result = ImmutableSortedMap.<String, NetworkEndpoint>naturalOrder();
        settings.map(NetworkSettings::getNetworks)
                .ifPresent(networks -> networks.forEach((name, network) -> result.put(name, endpoint(network))));
        return result.buildOrThrow();
    }

    private static NetworkEndpoint endpoint(@Nullable ContainerNetwork network) {
        return network == null
                ? new NetworkEndpoint("", "")
                : new NetworkEndpoint(text(network.getIpAddress()), text(network.getGlobalIPv6Address()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
