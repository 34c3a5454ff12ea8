package io.registrator.ops.admin;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.model.CheckDefinition;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import io.registrator.model.Drain;
import io.registrator.model.Failure;
import io.registrator.model.Lifecycle;
import io.registrator.model.Probe;
import io.registrator.model.RegisterOn;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import io.registrator.ops.observe.Readiness;
import io.registrator.ops.observe.StatusBoard;
import io.registrator.plan.Decision;
import io.registrator.plan.Ownership;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;

/** A board that a test feeds in the loop's place, and a server that shows it. */
final class FedBoard implements AutoCloseable {
    private static final Lifecycle LIFECYCLE =
            new Lifecycle(RegisterOn.START, ImmutableList.of(), Duration.ofMinutes(1), Drain.DEREGISTER, null);

    final StatusBoard board = new StatusBoard(InstantSource.system(), System::nanoTime);
    private final AdminHandler handler;
    private final AdminServer server;

    FedBoard() throws IOException {
        About about = new About("0.1.0", "node-1", "10.0.0.1", "unix:///run/docker.sock", "memory:", "published");
        Routes routes = new Routes(
                board,
                new Readiness(Duration.ZERO, System::nanoTime),
                new PrometheusRegistry(),
                () -> about,
                InstantSource.system());
        handler = new AdminHandler("localhost", routes);
        server = AdminServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
    }

    AdminHandler handler() {
        return handler;
    }

    String url() {
        return "http://127.0.0.1:" + ((InetSocketAddress) server.address()).getPort() + "/";
    }

    /** Engine and registry answer, and a full pass is over. */
    void ready() {
        board.peerUp(Peer.ENGINE, Duration.ZERO);
        board.engineListed(0);
        board.peerUp(Peer.REGISTRY, Duration.ZERO);
        board.registryListed(ImmutableMap.of());
        board.passCompleted(new PassSummary(0, 0, 0));
    }

    /** One that is registered. */
    void container(int number, String name) {
        ContainerDerivation derivation = derivation(number, name);
        board.derived(derivation);
        ServiceDefinition service = derivation.services().getFirst().definition();
        board.applied(new Decision.Register(service, Decision.Register.Why.MISSING), Duration.ofMillis(3));
    }

    void rejected(int number, String name) {
        ContainerDerivation derivation = derivation(number, name);
        board.derived(derivation);
        ServiceDefinition service = derivation.services().getFirst().definition();
        board.writeFailed(
                new Decision.Register(service, Decision.Register.Why.MISSING),
                new Failure.Rejected(400, "Invalid check: TTL must be > 0"),
                1);
    }

    void conflict(int number, String name) {
        ContainerDerivation derivation = derivation(number, name);
        board.derived(derivation);
        ServiceDefinition service = derivation.services().getFirst().definition();
        board.conflict(new Decision.Conflict(service, service.asObserved(), new Ownership.Foreign()));
    }

    void ignored(int number, String name) {
        ContainerRef ref = ref(number, name);
        board.derived(new ContainerDerivation(
                ref,
                ImmutableList.of(),
                ImmutableList.of(new LeftOut(
                        ContainerPort.tcp(8080),
                        LeftOut.Reason.NOT_PUBLISHED,
                        "the port is not published; publish it with -p")),
                ImmutableList.of(new Problem(
                        Problem.Severity.WARNING,
                        ref,
                        null,
                        "SERVICE_NAMES",
                        "is not known; did you mean SERVICE_NAME?"))));
    }

    void forget(int number) {
        board.forgotten(ref(number, "").id());
    }

    static ContainerDerivation derivation(int number, String name) {
        ContainerRef ref = ref(number, name);
        ServiceDefinition definition = new ServiceDefinition(
                new ServiceId("node-1:" + name + ":80"),
                "service-" + number % 17,
                ImmutableList.of("eu", "v" + number % 3),
                "10.0.0.1",
                32_768 + number % 30_000,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableList.of(new CheckDefinition(
                        "tcp",
                        new Probe.Tcp(HostAndPort.fromParts("10.0.0.1", 80)),
                        Duration.ofSeconds(10),
                        null,
                        null,
                        null,
                        0,
                        0,
                        0)),
                Weights.DEFAULT,
                false,
                null,
                ref);
        return new ContainerDerivation(
                ref,
                ImmutableList.of(new DerivedService(
                        ContainerPort.tcp(80),
                        definition,
                        LIFECYCLE,
                        ImmutableMap.of("name", "label SERVICE_NAME", "id", "default"))),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static ContainerRef ref(int number, String name) {
        return new ContainerRef(
                new ContainerId("%012x".formatted(0xabc0001234L + number * 7919L) + "0".repeat(52)), name);
    }

    @Override
    public void close() {
        server.close();
    }
}
