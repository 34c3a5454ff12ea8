package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.google.common.base.Ascii;
import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.engine.docker.DockerSettings;
import io.registrator.engine.docker.DockerSource;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.model.PortBinding;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the containers of vectors on this machine's engine, and derives services from what it shows of them. Names, images
 * and networks are of its own, so that it touches nothing of the machine's owner. Safe for use by several threads.
 */
final class EngineVectors implements AutoCloseable {
    private static final Map<String, String> LABELS =
            Map.of("io.registrator.test", Objects.requireNonNullElse(System.getenv("REGISTRATOR_TEST_RUN"), "by-hand"));
    private static final String IMAGES = "registrator-test/";
    private static final ImmutableSet<String> NOT_USER_DEFINED = ImmutableSet.of("default", "bridge", "host", "none");

    private final DockerCli cli = DockerCli.ofThisMachine();
    private final DockerClient engine = client(cli);
    private final DockerSource source = new DockerSource(DockerSettings.of(cli.host()), container -> true);
    private final String prefix = "vectors-" + Long.toHexString(System.nanoTime());
    private final Map<String, String> networks = new ConcurrentHashMap<>();
    private final Map<String, String> images = new ConcurrentHashMap<>();
    private final String busybox;
    private final String ownAddress;

    EngineVectors() {
        cli.importBusybox();
        busybox = cli.docker("image", "inspect", "--format", "{{.Id}}", DockerCli.BUSYBOX);
        ownAddress = success(source.bridgeGateways()).stream()
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
    }

    /** The registrations that a vector's containers give, in the words of its recording. */
    ImmutableList<Registration> derive(Vector vector) {
        Map<String, String> realIds = new HashMap<>();
        try {
            vector.containers().stream()
                    .sorted(Comparator.comparing(EngineVectors::isShared))
                    .forEach(container -> realIds.put(container.id().value(), start(vector, container, realIds)));
            // What is made but not listed is a container that is gone.
            realIds.keySet().stream()
                    .filter(id -> vector.containers().stream()
                            .noneMatch(container -> container.id().value().equals(id)))
                    .forEach(id -> remove(Objects.requireNonNull(realIds.get(id))));
            return derive(vector, realIds);
        } finally {
            realIds.values().forEach(this::remove);
        }
    }

    @Override
    public void close() {
        networks.values().forEach(network -> engine.removeNetworkCmd(network).exec());
        images.keySet().forEach(image -> engine.removeImageCmd(image).exec());
        source.close();
        try {
            engine.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImmutableList<Registration> derive(Vector vector, Map<String, String> realIds) {
        Deriver deriver = new Deriver(VectorsTest.settings(vector));
        DesiredServices desired = new DesiredServices();
        Substitution chosen = new Substitution().put(ownAddress, specificHostIp(vector));
        for (ContainerSnapshot recorded : vector.containers()) {
            ContainerSnapshot real = success(source.inspect(new ContainerId(
                            Objects.requireNonNull(realIds.get(recorded.id().value())))))
                    .orElseThrow();
            learn(chosen, real, recorded);
            desired.put(
                    real,
                    deriver.derive(real, id -> success(source.inspect(new ContainerId(id))))
                            .services());
        }
        return desired.ids().stream()
                .map(id ->
                        chosen.in(Registration.of(desired.get(id).orElseThrow().definition())))
                .collect(toImmutableList());
    }

    private void learn(Substitution chosen, ContainerSnapshot real, ContainerSnapshot recorded) {
        chosen.put(real.name(), recorded.name())
                .put(real.id().shortId(), recorded.id().shortId());
        recorded.networks().forEach((name, endpoint) -> {
            var there = real.networks().get(networks.getOrDefault(name, name));
            chosen.put(there == null ? "" : there.ipv4(), endpoint.ipv4());
        });
        real.bindings().forEach((port, bindings) -> {
            List<PortBinding> then = Objects.requireNonNull(recorded.bindings().get(port));
            for (int i = 0; i < bindings.size(); i++) {
                chosen.put(
                        String.valueOf(bindings.get(i).hostPort()),
                        String.valueOf(then.get(i).hostPort()));
            }
        });
    }

    private String start(Vector vector, ContainerSnapshot recorded, Map<String, String> realIds) {
        String image = isShared(recorded) ? exposing(vector, recorded) : image(recorded.image());
        String id = engine.createContainerCmd(image)
                .withName(prefix + "-" + vector.name() + "-" + recorded.name())
                .withEnv(recorded.env())
                .withLabels(labels(recorded))
                .withExposedPorts(isShared(recorded) ? List.of() : ports(recorded))
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode(mode(vector, recorded, realIds))
                        .withPortBindings(bindings(recorded)))
                .exec()
                .getId();
        recorded.networks().keySet().stream()
                .filter(network -> !NOT_USER_DEFINED.contains(network)
                        && !network.equals(recorded.networkMode().value()))
                .forEach(network -> engine.connectToNetworkCmd()
                        .withNetworkId(network(network))
                        .withContainerId(id)
                        .exec());
        engine.startContainerCmd(id).exec();
        return id;
    }

    private String mode(Vector vector, ContainerSnapshot recorded, Map<String, String> realIds) {
        String mode = recorded.networkMode().value();
        return recorded.networkMode()
                .sharedContainer()
                .map(shared -> "container:" + realIds.computeIfAbsent(shared, gone -> startGone(vector)))
                .orElseGet(() -> NOT_USER_DEFINED.contains(mode) ? mode : network(mode));
    }

    private String startGone(Vector vector) {
        String id = engine.createContainerCmd(busybox)
                .withName(prefix + "-" + vector.name() + "-gone")
                .withLabels(LABELS)
                .exec()
                .getId();
        engine.startContainerCmd(id).exec();
        return id;
    }

    private void remove(String id) {
        try {
            engine.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException gone) {
            // Removed in the middle of the test.
        }
    }

    private String network(String recorded) {
        return networks.computeIfAbsent(recorded, name -> {
            engine.createNetworkCmd()
                    .withName(prefix + "-" + name)
                    .withLabels(LABELS)
                    .exec();
            return prefix + "-" + name;
        });
    }

    /** The same name in a corner of our own; an image without a name has its ID. */
    private String image(String recorded) {
        if (recorded.startsWith("sha256:")) {
            return busybox;
        }
        List<String> registryAndPath = Splitter.on('/').limit(2).splitToList(recorded);
        String own = registryAndPath.getFirst().contains(":") && registryAndPath.size() == 2
                ? registryAndPath.get(0) + "/" + IMAGES + registryAndPath.get(1)
                : IMAGES + recorded;
        // Whoever wants the same image meanwhile waits for it.
        images.computeIfAbsent(own, wanted -> {
            cli.docker("tag", busybox, wanted);
            return wanted;
        });
        return own;
    }

    /** In another container's network a container exposes only what its image does. */
    private String exposing(Vector vector, ContainerSnapshot recorded) {
        String own = IMAGES + vector.name() + "/" + recorded.image();
        String mould =
                engine.createContainerCmd(busybox).withLabels(LABELS).exec().getId();
        cli.docker("commit", "--change", "EXPOSE " + Joiner.on(' ').join(ports(recorded)), mould, own);
        images.put(own, own);
        remove(mould);
        return own;
    }

    private static List<ExposedPort> ports(ContainerSnapshot recorded) {
        return recorded.exposedPorts().stream().map(EngineVectors::port).toList();
    }

    private static Map<String, String> labels(ContainerSnapshot recorded) {
        Map<String, String> labels = new HashMap<>(LABELS);
        labels.putAll(recorded.labels());
        return labels;
    }

    private Ports bindings(ContainerSnapshot recorded) {
        Ports ports = new Ports();
        recorded.bindings().forEach((port, bindings) -> ports.bind(port(port), binding(bindings)));
        return ports;
    }

    /** The engine chooses the port; where it binds to all addresses of both families, it is not told any. */
    private Ports.Binding binding(ImmutableList<PortBinding> recorded) {
        String hostIp = recorded.getFirst().hostIp();
        return recorded.size() > 1
                ? Ports.Binding.empty()
                : Ports.Binding.bindIp(isOfThisHost(hostIp) ? hostIp : ownAddress);
    }

    private static boolean isOfThisHost(String hostIp) {
        return hostIp.equals("0.0.0.0") || hostIp.startsWith("127.");
    }

    private static String specificHostIp(Vector vector) {
        return vector.containers().stream()
                .flatMap(container -> container.bindings().values().stream())
                .flatMap(List::stream)
                .map(PortBinding::hostIp)
                .filter(hostIp -> !isOfThisHost(hostIp) && !hostIp.equals("::"))
                .findFirst()
                .orElse("");
    }

    private static boolean isShared(ContainerSnapshot container) {
        return container.networkMode().sharedContainer().isPresent();
    }

    private static ExposedPort port(ContainerPort port) {
        return new ExposedPort(
                port.number(),
                InternetProtocol.parse(Ascii.toLowerCase(port.protocol().name())));
    }

    private static DockerClient client(DockerCli cli) {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(cli.host().toString())
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder().dockerHost(cli.host()).build());
    }

    private static <T> T success(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure.message());
        };
    }
}
