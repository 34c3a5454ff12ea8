package io.registrator.docker;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Ints;
import io.registrator.model.ContainerPort;
import io.registrator.model.PortBinding;
import io.registrator.model.Protocol;
import java.util.Optional;
import java.util.TreeMap;

/** A container's ports and where they are published on the host. */
final class PortMapper {
    private PortMapper() {}

    static ImmutableSortedSet<ContainerPort> exposed(Fields config, Fields networkSettings) {
        var ports = ImmutableSortedSet.<ContainerPort>naturalOrder();
        config.objectOrEmpty("ExposedPorts").names().forEach(name -> ports.add(port(name)));
        networkSettings.objectOrEmpty("Ports").names().forEach(name -> ports.add(port(name)));
        return ports.build();
    }

    static ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings(Fields networkSettings) {
        var result = new TreeMap<ContainerPort, ImmutableList<PortBinding>>();
        var published = networkSettings.objectOrEmpty("Ports");
        published.names().forEach(name -> {
            var bound = bound(published.objects(name));
            if (!bound.isEmpty()) {
                result.put(port(name), bound);
            }
        });
        return ImmutableSortedMap.copyOfSorted(result);
    }

    /** {@code 80/tcp}; an engine may leave out the protocol, and means TCP then. */
    private static ContainerPort port(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? ContainerPort.tcp(Integer.parseInt(text))
                : new ContainerPort(
                        Integer.parseInt(text.substring(0, slash)),
                        Protocol.valueOf(Ascii.toUpperCase(text.substring(slash + 1))));
    }

    /** An exposed port that is not published has no list of bindings; a binding may be missing in one. */
    private static ImmutableList<PortBinding> bound(ImmutableList<Fields> bindings) {
        return bindings.stream()
                .flatMap(binding -> bound(binding).stream())
                .distinct()
                .collect(toImmutableList());
    }

    /** Empty while the engine has not chosen the host port yet: it shows none, zero or a range then. */
    private static Optional<PortBinding> bound(Fields binding) {
        return binding.text("HostPort")
                .map(Ints::tryParse)
                .filter(hostPort -> hostPort > 0)
                .map(hostPort -> new PortBinding(binding.text("HostIp").orElse(""), hostPort));
    }
}
