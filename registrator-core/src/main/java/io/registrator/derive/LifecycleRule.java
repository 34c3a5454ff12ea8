package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.HostAndPort;
import io.registrator.model.Drain;
import io.registrator.model.Lifecycle;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.Protocol;
import io.registrator.model.RegisterOn;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Says when a service enters discovery and when it leaves, and where it can be seen to listen. */
final class LifecycleRule {
    private final LifecycleDefaults defaults;
    private final NetworkStack.Held stack;

    LifecycleRule(LifecycleDefaults defaults, NetworkStack.Held stack) {
        this.defaults = defaults;
        this.stack = stack;
    }

    Lifecycle lifecycle(Candidate candidate, Endpoint endpoint) {
        AttributeReader reader = candidate.reader();
        return new Lifecycle(
                word(reader, "register_on", RegisterOn.class).orElse(defaults.registerOn()),
                probes(candidate, endpoint),
                reader.duration("listen_timeout").orElse(defaults.listenTimeout()),
                word(reader, "drain", Drain.class).orElse(defaults.drain()),
                reader.duration("drain_timeout").orElse(defaults.drainTimeout()));
    }

    /** What decided about it; only what the container itself says. */
    static ImmutableMap<String, String> because(Candidate candidate) {
        ImmutableMap.Builder<String, String> because = ImmutableMap.builder();
        Stream.of("register_on", "listen_timeout", "drain", "drain_timeout")
                .forEach(name -> candidate.given(name).ifPresent(given -> because.put(name, given.because())));
        return because.buildOrThrow();
    }

    private static <E extends Enum<E>> Optional<E> word(AttributeReader reader, String name, Class<E> type) {
        return reader.text(name).flatMap(given -> word(reader, given, type));
    }

    private static <E extends Enum<E>> Optional<E> word(AttributeReader reader, Attribute given, Class<E> type) {
        E[] words = type.getEnumConstants();
        Optional<E> found = Arrays.stream(words)
                .filter(word -> word.name().equalsIgnoreCase(given.value().strip()))
                .findFirst();
        return found.isPresent()
                ? found
                : reader.wrong(
                        given,
                        "one of its words",
                        "write "
                                + Arrays.toString(words)
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("[\\[\\]]", ""));
    }

    private ImmutableList<HostAndPort> probes(Candidate candidate, Endpoint endpoint) {
        if (!candidate.is(Protocol.TCP)) {
            return ImmutableList.of();
        }
        ImmutableSet.Builder<HostAndPort> probes = ImmutableSet.builder();
        ownAddress().ifPresent(address -> probes.add(HostAndPort.fromParts(address, candidate.number())));
        return probes.add(endpoint.target()).build().asList();
    }

    /** In the host's network a container has none. */
    private Optional<String> ownAddress() {
        return stack.networks().values().stream()
                .flatMap(network -> address(network).stream())
                .findFirst();
    }

    /** What the engine shows may be none: nobody is to be asked under it, least of all a name server. */
    private static Optional<String> address(NetworkEndpoint endpoint) {
        return IpAddresses.specific(endpoint.ipv4()).or(() -> IpAddresses.specific(endpoint.ipv6()));
    }
}
