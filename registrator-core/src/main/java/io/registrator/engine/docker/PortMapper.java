package io.registrator.engine.docker;

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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A container's ports and where they are published on the host. */
final class PortMapper {
    private PortMapper() {}

    static ImmutableSortedSet<ContainerPort> exposed(ContainerConfig config, NetworkSettings network) {
        var ports = ImmutableSortedSet.<ContainerPort>naturalOrder();
        Optional.ofNullable(config.getExposedPorts()).stream()
                .flatMap(Stream::of)
                .map(PortMapper::port)
                .forEach(ports::add);
        published(network).keySet().stream().map(PortMapper::port).forEach(ports::add);
        return ports.build();
    }

    static ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings(NetworkSettings network) {
        var result = new TreeMap<ContainerPort, ImmutableList<PortBinding>>();
        published(network).forEach((port, bindings) -> {
            var bound = bound(bindings);
            if (!bound.isEmpty()) {
                result.put(port(port), bound);
            }
        });
        return ImmutableSortedMap.copyOfSorted(result);
    }

    private static Map<ExposedPort, Ports.Binding[]> published(NetworkSettings network) {
        return Optional.ofNullable(network.getPorts()).map(Ports::getBindings).orElse(Map.of());
    }

    private static ContainerPort port(ExposedPort port) {
        return new ContainerPort(
                port.getPort(),
                switch (port.getProtocol()) {
                    case TCP -> Protocol.TCP;
                    case UDP -> Protocol.UDP;
                    case SCTP -> Protocol.SCTP;
                });
    }

    /** An exposed port that is not published has no bindings. */
    private static ImmutableList<PortBinding> bound(Ports.Binding @Nullable [] bindings) {
        return bindings == null
                ? ImmutableList.of()
                : Stream.of(bindings)
                        .flatMap(binding -> bound(binding).stream())
                        .distinct()
                        .collect(toImmutableList());
    }

    /** Empty while the engine has not chosen the host port yet: it shows none, zero or a range then. */
    private static Optional<PortBinding> bound(Ports.Binding binding) {
        return Optional.ofNullable(binding.getHostPortSpec())
                .map(Ints::tryParse)
                .filter(hostPort -> hostPort > 0)
                .map(hostPort -> new PortBinding(Objects.requireNonNullElse(binding.getHostIp(), ""), hostPort));
    }
}
