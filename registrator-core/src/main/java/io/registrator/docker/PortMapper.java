package io.registrator.docker;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Ints;
import io.registrator.model.ContainerPort;
import io.registrator.model.PortBinding;
import io.registrator.model.Protocol;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A container's ports and where they are published on the host. */
final class PortMapper {
    private PortMapper() {}

    static ImmutableSortedSet<ContainerPort> exposed(ContainerConfig config, Optional<NetworkSettings> settings) {
        var declared = Optional.ofNullable(config.getExposedPorts()).stream().flatMap(Arrays::stream);
        var atRuntime = published(settings).keySet().stream();
        return Stream.concat(declared, atRuntime)
                .map(PortMapper::port)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    static ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings(Optional<NetworkSettings> settings) {
        var result = ImmutableSortedMap.<ContainerPort, ImmutableList<PortBinding>>naturalOrder();
        published(settings).forEach((port, bindings) -> {
            var bound = bound(bindings);
            if (!bound.isEmpty()) {
                result.put(port(port), bound);
            }
        });
        return result.buildOrThrow();
    }

    private static Map<ExposedPort, Ports.Binding[]> published(Optional<NetworkSettings> settings) {
        return settings.map(NetworkSettings::getPorts).map(Ports::getBindings).orElse(Map.of());
    }

    private static ContainerPort port(ExposedPort port) {
        return new ContainerPort(port.getPort(), protocol(port));
    }

    private static Protocol protocol(ExposedPort port) {
        return switch (port.getProtocol()) {
            case TCP -> Protocol.TCP;
            case UDP -> Protocol.UDP;
            case SCTP -> Protocol.SCTP;
        };
    }

    /** An exposed port that is not published has no array; a binding may be missing in one. */
    private static ImmutableList<PortBinding> bound(Ports.Binding @Nullable [] bindings) {
        return Optional.ofNullable(bindings).stream()
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull)
                .flatMap(binding -> bound(binding).stream())
                .distinct()
                .collect(toImmutableList());
    }

    /** Empty while the engine has not chosen the host port yet: it shows none, zero or a range then. */
    private static Optional<PortBinding> bound(Ports.Binding binding) {
        return Optional.ofNullable(binding.getHostPortSpec())
                .map(Ints::tryParse)
                .filter(hostPort -> hostPort > 0)
                .map(hostPort ->
                        new PortBinding(Optional.ofNullable(binding.getHostIp()).orElse(""), hostPort));
    }
}
