package io.registrator.testing.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a container is made from.
 *
 * @param ports every exposed port, such as {@code 80/tcp}, with the host port it is published at, 0 for none
 * @param networkMode {@code default}, {@code bridge}, {@code host}, {@code none}, {@code container:ID} or a network's name
 * @param stopSignal such as {@code SIGTERM}; null for the engine's default
 * @param stopTimeout null for the engine's default
 */
public record ContainerSpec(
        String name,
        String image,
        List<String> env,
        SortedMap<String, String> labels,
        SortedMap<String, Integer> ports,
        String networkMode,
        @Nullable String stopSignal,
        @Nullable Duration stopTimeout) {

    public ContainerSpec {
        env = List.copyOf(env);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    }

    /** A container of the image {@code web} on the default network, without ports and variables. */
    public static ContainerSpec named(String name) {
        return new ContainerSpec(name, "web", List.of(), new TreeMap<>(), new TreeMap<>(), "default", null, null);
    }

    public ContainerSpec image(String other) {
        return new ContainerSpec(name, other, env, labels, ports, networkMode, stopSignal, stopTimeout);
    }

    public ContainerSpec env(String... variables) {
        return new ContainerSpec(name, image, List.of(variables), labels, ports, networkMode, stopSignal, stopTimeout);
    }

    public ContainerSpec labels(Map<String, String> all) {
        return new ContainerSpec(name, image, env, new TreeMap<>(all), ports, networkMode, stopSignal, stopTimeout);
    }

    /** Exposes and publishes one more TCP port. */
    public ContainerSpec publish(int port, int hostPort) {
        return port(port + "/tcp", hostPort);
    }

    /** Exposes one more port, such as {@code 53/udp}, and publishes it unless the host port is 0. */
    public ContainerSpec port(String port, int hostPort) {
        SortedMap<String, Integer> more = new TreeMap<>(ports);
        more.put(port, hostPort);
        return new ContainerSpec(name, image, env, labels, more, networkMode, stopSignal, stopTimeout);
    }

    public ContainerSpec network(String mode) {
        return new ContainerSpec(name, image, env, labels, ports, mode, stopSignal, stopTimeout);
    }

    public ContainerSpec stop(String signal, Duration timeout) {
        return new ContainerSpec(name, image, env, labels, ports, networkMode, signal, timeout);
    }
}
