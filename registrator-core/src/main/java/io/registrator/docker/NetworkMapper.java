package io.registrator.docker;

import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A container's networks. Only {@code NetworkSettings.Networks} counts: the addresses beside it are those of one network,
 * and gone from API 1.52 on.
 */
final class NetworkMapper {
    private static final Pattern NETWORK_ID = Pattern.compile("[0-9a-f]{4,64}");

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

    /** By the network's name, also where the container was created with {@code --network ID}, which the engine keeps. */
    static NetworkMode mode(Fields hostConfig, Fields networkSettings) {
        var mode = hostConfig.text("NetworkMode").orElse("default");
        var networks = networkSettings.objectOrEmpty("Networks");
        return new NetworkMode(
                networks.asMap().containsKey(mode) ? mode : byId(mode, networks).orElse(mode));
    }

    private static Optional<String> byId(String start, Fields networks) {
        return NETWORK_ID.matcher(start).matches()
                ? networks.asMap().keySet().stream()
                        .filter(name -> networks.objectOrEmpty(name)
                                .text("NetworkID")
                                .orElse("")
                                .startsWith(start))
                        .findFirst()
                : Optional.empty();
    }
}
