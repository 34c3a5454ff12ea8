package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import io.registrator.model.PortBinding;
import io.registrator.model.Protocol;
import io.registrator.model.StopPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds containers for tests: {@code app} of {@code nginx:1.25}, running on the default bridge, with no ports. */
final class ContainerBuilder {
    static final String ID = "a1d3da899deb9862131ca6b22244975826bdf08612aa7ce5997f57e8ce4f35d1";

    private String id = ID;
    private String name = "app";
    private String image = "nginx:1.25";
    private Instant created = Instant.EPOCH;
    private ContainerState state = ContainerState.RUNNING;
    private String networkMode = "default";
    private final List<String> env = new ArrayList<>();
    private final Map<String, String> labels = new HashMap<>();
    private final TreeSet<ContainerPort> exposed = new TreeSet<>();
    private final TreeMap<ContainerPort, ImmutableList<PortBinding>> bindings = new TreeMap<>();
    private final TreeMap<String, NetworkEndpoint> networks =
            new TreeMap<>(Map.of("bridge", new NetworkEndpoint("172.17.0.2", "")));

    static ContainerBuilder container() {
        return new ContainerBuilder();
    }

    /** One that publishes 8080/tcp on 32768 of all of the host's addresses. */
    static ContainerBuilder published() {
        return container().publish("8080/tcp", "0.0.0.0", 32_768);
    }

    ContainerBuilder id(String text) {
        id = text;
        return this;
    }

    ContainerBuilder name(String text) {
        name = text;
        return this;
    }

    ContainerBuilder image(String text) {
        image = text;
        return this;
    }

    ContainerBuilder createdAt(long second) {
        created = Instant.EPOCH.plusSeconds(second);
        return this;
    }

    ContainerBuilder state(ContainerState is) {
        state = is;
        return this;
    }

    ContainerBuilder env(String... lines) {
        env.addAll(List.of(lines));
        return this;
    }

    ContainerBuilder label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    ContainerBuilder expose(String... ports) {
        List.of(ports).forEach(port -> exposed.add(port(port)));
        return this;
    }

    ContainerBuilder publish(String port, String hostIp, int hostPort) {
        expose(port);
        bindings.merge(
                port(port),
                ImmutableList.of(new PortBinding(hostIp, hostPort)),
                (first, more) -> ImmutableList.<PortBinding>builder()
                        .addAll(first)
                        .addAll(more)
                        .build());
        return this;
    }

    ContainerBuilder networkMode(String mode) {
        networkMode = mode;
        return this;
    }

    ContainerBuilder hostNetwork() {
        return networkMode("host").noNetwork().network("host", "", "");
    }

    ContainerBuilder noNetwork() {
        networks.clear();
        return this;
    }

    ContainerBuilder network(String network, String ipv4, String ipv6) {
        networks.put(network, new NetworkEndpoint(ipv4, ipv6));
        return this;
    }

    ContainerSnapshot build() {
        return new ContainerSnapshot(
                new ContainerId(id),
                name,
                image,
                created,
                Instant.EPOCH,
                state,
                0,
                HealthReport.NONE,
                StopPolicy.DEFAULT,
                ImmutableList.copyOf(env),
                ImmutableMap.copyOf(labels),
                ImmutableSortedSet.copyOf(exposed),
                ImmutableSortedMap.copyOf(bindings),
                new NetworkMode(networkMode),
                ImmutableSortedMap.copyOf(networks));
    }

    static ContainerPort port(String text) {
        int slash = text.indexOf('/');
        return new ContainerPort(
                Integer.parseInt(text.substring(0, slash)),
                text.endsWith("/udp") ? Protocol.UDP : text.endsWith("/sctp") ? Protocol.SCTP : Protocol.TCP);
    }
}
