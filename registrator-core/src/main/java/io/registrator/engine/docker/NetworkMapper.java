package io.registrator.engine.docker;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.NetworkSettings;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A container's networks, by name. */
final class NetworkMapper {
    private static final Pattern NETWORK_ID = Pattern.compile("[0-9a-f]{4,64}");

    private NetworkMapper() {}

    static ImmutableSortedMap<String, NetworkEndpoint> map(NetworkSettings settings) {
        var result = ImmutableSortedMap.<String, NetworkEndpoint>naturalOrder();
        networks(settings).forEach((name, network) -> result.put(name, endpoint(network)));
        return result.buildOrThrow();
    }

    /** By the network's name, also where the container was created with {@code --network ID}, which the engine keeps. */
    static NetworkMode mode(@Nullable HostConfig host, NetworkSettings settings) {
        var mode = Optional.ofNullable(host).map(HostConfig::getNetworkMode).orElse("default");
        var networks = networks(settings);
        return new NetworkMode(
                networks.containsKey(mode) ? mode : byId(mode, networks).orElse(mode));
    }

    private static Optional<String> byId(String start, Map<String, ContainerNetwork> networks) {
        return NETWORK_ID.matcher(start).matches()
                ? networks.entrySet().stream()
                        .filter(network -> id(network.getValue()).startsWith(start))
                        .map(Map.Entry::getKey)
                        .findFirst()
                : Optional.empty();
    }

    private static String id(@Nullable ContainerNetwork network) {
        return network == null ? "" : Objects.requireNonNullElse(network.getNetworkID(), "");
    }

    private static Map<String, ContainerNetwork> networks(NetworkSettings settings) {
        return Optional.ofNullable(settings.getNetworks()).orElse(Map.of());
    }

    private static NetworkEndpoint endpoint(@Nullable ContainerNetwork network) {
        return network == null
                ? new NetworkEndpoint("", "")
                : new NetworkEndpoint(
                        Objects.requireNonNullElse(network.getIpAddress(), ""),
                        Objects.requireNonNullElse(network.getGlobalIPv6Address(), ""));
    }
}
