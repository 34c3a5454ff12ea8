package io.registrator.docker;

import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.NetworkEndpoint;

/**
 * A container's networks. Only {@code NetworkSettings.Networks} counts: the addresses beside it are those of one network,
 * and gone from API 1.52 on.
 */
final class NetworkMapper {
    private NetworkMapper() {}

    static ImmutableSortedMap<String, NetworkEndpoint> map(Fields networkSettings) {
        var result = ImmutableSortedMap.<String, NetworkEndpoint>naturalOrder();
        networkSettings
                .objectOrEmpty("Networks")
                .forEachObject((name, network) -> result.put(
                        name,
                        new NetworkEndpoint(
                                network.text("IPAddress").orElse(""),
                                network.text("GlobalIPv6Address").orElse(""))));
        return result.buildOrThrow();
    }
}
