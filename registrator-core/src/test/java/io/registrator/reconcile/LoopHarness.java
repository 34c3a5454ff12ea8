package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import io.registrator.model.HostAddress;
import io.registrator.model.NetworkMode;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.PortBinding;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.StopPolicy;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import io.registrator.registry.memory.InMemoryRegistry;
import io.registrator.testing.TestServices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/**
 * A loop that a test drives step by step: time moves only when told to, and requests to peers run only when told to, on
 * the test's own thread.
 */
final class LoopHarness {
    static final String NODE = "node-1";
    static final String HOST = "192.0.2.10";

    final FakeContainerSource engine;
    final FaultyRegistry registry;
    final FakeProber prober = new FakeProber();
    final RecordingObserver observer;
    final Deque<Runnable> requests = new ArrayDeque<>();
    /** What is answered to the question for it. */
    HostAddress hostAddress = HostAddress.NOT_ASKED;

    private final ReconcileLoop loop;
    private Instant now = Instant.EPOCH;

    LoopHarness() {
        this(DeregisterPolicy.ALWAYS, false, false);
    }

    LoopHarness(DeregisterPolicy policy, boolean cleanup, boolean deregisterOnExit) {
        this(
                new FakeContainerSource(),
                new InMemoryRegistry(),
                new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build()),
                new Planner(new PlanPolicy(NODE, policy, cleanup)),
                new RecordingObserver(),
                deregisterOnExit);
    }

    /** One whose derivation, or whose observer, may go wrong. */
    LoopHarness(Deriver deriver, RecordingObserver observer) {
        this(
                new FakeContainerSource(),
                new InMemoryRegistry(),
                deriver,
                new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false)),
                observer,
                false);
    }

    /** A new loop over the engine and the registry of another. */
    LoopHarness(LoopHarness before) {
        this(before, new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build()));
    }

    LoopHarness(LoopHarness before, Deriver deriver) {
        this(
                before.engine,
                before.registry.inner(),
                deriver,
                new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false)),
                new RecordingObserver(),
                false);
    }

    /** A new loop over the engine and the registry of another, on a host that is called so by now. */
    LoopHarness(LoopHarness before, String node, boolean cleanup) {
        this(
                before.engine,
                before.registry.inner(),
                new Deriver(DerivationSettingsBuilder.of(node, HOST).build()),
                new Planner(new PlanPolicy(node, DeregisterPolicy.ALWAYS, cleanup)),
                new RecordingObserver(),
                false);
    }

    /** One over a registry that cannot take services out of service without removing them. */
    static LoopHarness withoutMaintenance() {
        return new LoopHarness(
                new FakeContainerSource(),
                new FaultyRegistry(new InMemoryRegistry(), false),
                new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build()),
                new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false)),
                new RecordingObserver(),
                false);
    }

    private LoopHarness(
            FakeContainerSource engine,
            ServiceRegistry services,
            Deriver deriver,
            Planner planner,
            RecordingObserver observer,
            boolean deregisterOnExit) {
        this(engine, new FaultyRegistry(services), deriver, planner, observer, deregisterOnExit);
    }

    private LoopHarness(
            FakeContainerSource engine,
            FaultyRegistry services,
            Deriver deriver,
            Planner planner,
            RecordingObserver observer,
            boolean deregisterOnExit) {
        this.engine = engine;
        this.observer = observer;
        registry = services;
        loop = new ReconcileLoop(
                engine,
                registry,
                () -> hostAddress,
                prober,
                deriver,
                planner,
                new LoopSettings(
                        Duration.ofSeconds(30), Duration.ofSeconds(3), deregisterOnExit, Duration.ofSeconds(60)),
                new LoopRuntime(() -> now, requests::add, () -> 0),
                observer);
    }

    /** Lets the loop and its requests go on until nothing moves any more. Time stands still. */
    LoopHarness settle() {
        loop.step();
        while (!requests.isEmpty()) {
            requests.removeFirst().run();
            registry.failIfBroken();
            loop.step();
        }
        return this;
    }

    /** One step of the loop; what it asks of peers stays unanswered. */
    void step() {
        loop.step();
    }

    /** Runs the requests that are waiting, but not those that follow from them. */
    void answer() {
        Queue<Runnable> waiting = new ArrayDeque<>(requests);
        requests.clear();
        waiting.forEach(Runnable::run);
        registry.failIfBroken();
    }

    /** Lets time go by in which nobody does anything. */
    void elapse(Duration time) {
        now = now.plus(time);
    }

    LoopHarness pass(Duration time) {
        now = now.plus(time);
        return settle();
    }

    /** Time goes by, and nothing else happens. */
    void tick(Duration time) {
        now = now.plus(time);
    }

    /** A whole periodic pass. */
    LoopHarness periodicPass() {
        return pass(Duration.ofSeconds(30));
    }

    void stop() {
        loop.stop();
    }

    /** Runs it on this thread to its end. */
    void run() {
        loop.run();
    }

    /** What a loop that is over does at last. */
    void end() {
        loop.end();
    }

    boolean isOver() {
        return loop.isOver();
    }

    Duration untilNextDue() {
        return loop.untilNextDue();
    }

    List<String> ids() {
        return services().keySet().stream().map(ServiceId::value).sorted().toList();
    }

    ImmutableMap<ServiceId, ObservedService> services() {
        Outcome<ImmutableMap<ServiceId, ObservedService>> listed =
                registry.inner().list();
        return ((Outcome.Success<ImmutableMap<ServiceId, ObservedService>>) listed).value();
    }

    ObservedService service(String id) {
        return Objects.requireNonNull(services().get(new ServiceId(id)));
    }

    /** A running container of this name whose port 80 is published. */
    static ContainerSnapshot running(String name) {
        return container(name, ContainerState.RUNNING, 0, "SERVICE_NAME=" + name);
    }

    static ContainerSnapshot exited(String name, int exitCode) {
        return container(name, ContainerState.EXITED, exitCode);
    }

    static ContainerSnapshot container(String name, ContainerState state, int exitCode, String... env) {
        return container(name, Instant.EPOCH, state, exitCode, HealthReport.NONE, env);
    }

    /** A running container with a HEALTHCHECK. */
    static ContainerSnapshot checked(String name, ContainerHealth health, String output, String... env) {
        return container(name, Instant.EPOCH, ContainerState.RUNNING, 0, new HealthReport(health, output), env);
    }

    /** A running container in the run that began then. */
    static ContainerSnapshot runningSince(String name, Instant start) {
        return container(name, start, ContainerState.RUNNING, 0, HealthReport.NONE, "SERVICE_NAME=" + name);
    }

    /** A running container in the network of another. */
    static ContainerSnapshot sharing(String name, String holder) {
        ContainerSnapshot alone = running(name);
        return new ContainerSnapshot(
                alone.id(),
                name,
                alone.image(),
                alone.created(),
                alone.startedAt(),
                alone.state(),
                alone.exitCode(),
                alone.health(),
                alone.stop(),
                alone.env(),
                alone.labels(),
                alone.exposedPorts(),
                ImmutableSortedMap.of(),
                new NetworkMode("container:" + holder),
                alone.networks());
    }

    private static ContainerSnapshot container(
            String name, Instant startedAt, ContainerState state, int exitCode, HealthReport health, String... env) {
        ContainerPort port = ContainerPort.tcp(80);
        return new ContainerSnapshot(
                id(name),
                name,
                "web:1",
                Instant.EPOCH,
                startedAt,
                state,
                exitCode,
                health,
                StopPolicy.DEFAULT,
                ImmutableList.copyOf(env),
                ImmutableMap.of(),
                ImmutableSortedSet.of(port),
                ImmutableSortedMap.of(port, ImmutableList.of(new PortBinding("0.0.0.0", 32_768))),
                new NetworkMode("default"),
                ImmutableSortedMap.of());
    }

    /** The same container under another name. */
    static ContainerSnapshot renamed(ContainerSnapshot container, String name) {
        return new ContainerSnapshot(
                container.id(),
                name,
                container.image(),
                container.created(),
                container.startedAt(),
                container.state(),
                container.exitCode(),
                container.health(),
                container.stop(),
                container.env(),
                container.labels(),
                container.exposedPorts(),
                container.bindings(),
                container.networkMode(),
                container.networks());
    }

    /** What a running container of this name gives. */
    static ServiceDefinition definition(String name) {
        return new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build())
                .derive(running(name), id -> Optional.empty())
                .services()
                .getFirst()
                .definition();
    }

    static ContainerId id(String name) {
        return new ContainerId("id-of-" + name);
    }

    static String serviceId(String name) {
        return NODE + ":" + name + ":80";
    }

    /** A service of some container of that name, registered by nobody. */
    static ServiceDefinition foreign(String id, String name) {
        return TestServices.web(id).name(name).at("192.0.2.99", 9999).definition();
    }

    /** The same, registered by us, otherwise. */
    static ServiceDefinition stamped(String name) {
        return foreign(serviceId(name), name)
                .withMeta(ImmutableSortedMap.of(
                        "registrator-owner",
                        NODE,
                        "registrator-container",
                        id(name).value(),
                        "registrator-hash",
                        "another"));
    }

    /** A service of this ID that an instance with another node ID registered for a container that is not here. */
    static ServiceDefinition ofAnotherInstance(String name) {
        return definition(name)
                .withMeta(ImmutableSortedMap.of(
                        "registrator-owner",
                        "node-2",
                        "registrator-container",
                        id("elsewhere").value(),
                        "registrator-hash",
                        "another"));
    }
}
