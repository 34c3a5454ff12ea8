package io.registrator.testing;

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
import io.registrator.model.StopPolicy;
import java.time.Instant;
import java.util.stream.Stream;

/** Builds containers, of which a test says only the part that it is about: a running one of {@code web:1} without ports. */
public final class SnapshotBuilder {
    private final String name;
    private ContainerId id;
    private Instant startedAt = Instant.EPOCH;
    private ContainerState state = ContainerState.RUNNING;
    private int exitCode;
    private HealthReport health = HealthReport.NONE;
    private StopPolicy stop = StopPolicy.DEFAULT;
    private ImmutableList<String> env = ImmutableList.of();
    private ImmutableSortedSet<ContainerPort> exposed = ImmutableSortedSet.of();
    private ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings = ImmutableSortedMap.of();
    private ImmutableSortedMap<String, NetworkEndpoint> networks = ImmutableSortedMap.of();

    private SnapshotBuilder(String name) {
        this.name = name;
        this.id = new ContainerId("id-of-" + name);
    }

    /** A running container of this name, whose ID is {@code id-of-} and the name. */
    public static SnapshotBuilder running(String name) {
        return new SnapshotBuilder(name);
    }

    public ContainerSnapshot build() {
        return new ContainerSnapshot(
                id,
                name,
                "web:1",
                Instant.EPOCH,
                startedAt,
                state,
                exitCode,
                health,
                stop,
                env,
                ImmutableMap.of(),
                exposed,
                bindings,
                new NetworkMode("default"),
                networks);
    }

    public SnapshotBuilder id(ContainerId id) {
        this.id = id;
        return this;
    }

    public SnapshotBuilder since(Instant start) {
        this.startedAt = start;
        return this;
    }

    public SnapshotBuilder state(ContainerState state) {
        this.state = state;
        return this;
    }

    public SnapshotBuilder exited(int code) {
        this.exitCode = code;
        return state(ContainerState.EXITED);
    }

    public SnapshotBuilder exitCode(int code) {
        this.exitCode = code;
        return this;
    }

    public SnapshotBuilder health(HealthReport health) {
        this.health = health;
        return this;
    }

    public SnapshotBuilder stop(StopPolicy stop) {
        this.stop = stop;
        return this;
    }

    public SnapshotBuilder env(String... lines) {
        this.env = ImmutableList.copyOf(lines);
        return this;
    }

    /** Publishes this TCP port on all of the host's addresses, once for each of these. */
    public SnapshotBuilder publish(int port, Integer... hostPorts) {
        this.exposed = ImmutableSortedSet.of(ContainerPort.tcp(port));
        this.bindings = ImmutableSortedMap.of(
                ContainerPort.tcp(port),
                Stream.of(hostPorts)
                        .map(hostPort -> new PortBinding("0.0.0.0", hostPort))
                        .collect(ImmutableList.toImmutableList()));
        return this;
    }

    /** Its own address on the default bridge. */
    public SnapshotBuilder address(String ipv4) {
        return network("bridge", ipv4);
    }

    /** One more network, with its address on it. */
    public SnapshotBuilder network(String network, String ipv4) {
        this.networks = ImmutableSortedMap.<String, NetworkEndpoint>naturalOrder()
                .putAll(networks)
                .put(network, new NetworkEndpoint(ipv4, ""))
                .buildOrThrow();
        return this;
    }
}
