package io.registrator.it.bench;

import com.google.common.base.Splitter;
import io.registrator.it.Agent;
import io.registrator.it.ProcessUse;
import io.registrator.it.RegistratorProcess;
import io.registrator.testing.Await;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures the first pass of a daemon over many containers, from its first answer of Consul's on: none of them registered,
 * beside the same registrations sent over eight connections; then, after a restart, all of them registered, which must write
 * nothing, beside the inspects alone, one after the other. Then what a minute of passes over an unchanged state costs. Run by
 * {@code scripts/bench.sh reconcile}; the engine is simulated, Consul is real.
 */
class ReconcileBenchmark {
    private static final List<Integer> SIZES = Splitter.on(',')
            .splitToStream(System.getProperty("bench.sizes", "100,1000,5000,10000"))
            .map(Integer::valueOf)
            .toList();
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("bench.idle", 60));
    private static final int WARM_UPS = 3;
    private static final int WARM_UP = 1000;
    private static final int CONNECTIONS = 8;
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 50_000;
    private static final double NANOS = 1e6;
    private static final double KIB_PER_MIB = 1024;

    private final KeptAgents agents = new KeptAgents();
    private Report report = report();

    private static Report report() {
        return new Report(
                "reconcile",
                "containers",
                "what",
                "writes",
                "daemon, ms",
                "beside",
                "that, ms",
                "ratio",
                "CPU, ms",
                "RSS, MiB",
                "heap, MiB");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void measures() throws Exception {
        ShippedBundle.complete(RegistratorProcess.home());
        try (agents) {
            warmUp();
            for (int size : SIZES) {
                reconcile(size);
            }
        }
        report.write();
    }

    /** Engine and recorder are in this JVM: it has compiled them when the first daemon is measured. */
    private void warmUp() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            reconcile(WARM_UP, this::fromNothing);
        }
        report = report();
    }

    private void reconcile(int size) throws Exception {
        reconcile(size, (recorder, engine, containers) -> {
            fromNothing(recorder, engine, containers);
            restart(size, recorder, engine, containers);
        });
    }

    private interface Passes {
        void run(WriteRecorder recorder, SimulatedEngine engine, List<String> containers) throws Exception;
    }

    private void reconcile(int size, Passes passes) throws Exception {
        try (KeptAgents.Kept consul = agents.running();
                WriteRecorder recorder = WriteRecorder.before(consul.address());
                SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_41)) {
            List<String> containers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                containers.add(engine.run(
                        ContainerSpec.named("c" + i).env("SERVICE_NAME=bench").publish(80, FIRST_PORT + i % PORTS)));
            }
            passes.run(recorder, engine, containers);
        }
    }

    private void fromNothing(WriteRecorder recorder, SimulatedEngine engine, List<String> containers) throws Exception {
        int size = containers.size();
        recorder.expectFirst();
        try (RegistratorProcess daemon = launch(engine, recorder)) {
            Await.until(size + " registrations", PATIENCE, () -> recorder.writes() >= size);
            double took = sinceFirst(recorder);
            daemon.awaitReady();
            row(size, "none registered", recorder.writes(), took, "the same PUTs", replay(recorder.bodies()), daemon);
        }
    }

    private void restart(int size, WriteRecorder recorder, SimulatedEngine engine, List<String> containers)
            throws Exception {
        int writes = recorder.writes();
        recorder.expectFirst();
        try (RegistratorProcess daemon = launch(engine, recorder).awaitReady()) {
            double took = sinceFirst(recorder);
            double alone = inspects(engine, containers);
            row(size, "all registered", recorder.writes() - writes, took, "the inspects, serially", alone, daemon);
            idle(size, recorder, engine, daemon);
            if (recorder.writes() != writes) {
                throw new AssertionError("wrote " + (recorder.writes() - writes) + " times over an unchanged state");
            }
        }
    }

    /** What passes over an unchanged state cost, and what they ask. */
    private void idle(int size, WriteRecorder recorder, SimulatedEngine engine, RegistratorProcess daemon)
            throws Exception {
        long cpu = ProcessUse.of(daemon.pid()).cpuMillis();
        long asked = recorder.requests() + asked(engine);
        Thread.sleep(IDLE);
        ProcessUse use = ProcessUse.of(daemon.pid());
        report.row(
                size,
                IDLE.toSeconds() + " s of passes, nothing changes",
                0,
                (double) IDLE.toMillis(),
                "requests to both",
                (double) (recorder.requests() + asked(engine) - asked),
                0.0,
                use.cpuMillis() - cpu,
                use.rssMiB(),
                heapMiB(daemon));
    }

    private static double sinceFirst(WriteRecorder recorder) {
        return Duration.between(recorder.firstRequest(), Instant.now()).toNanos() / NANOS;
    }

    private static long asked(SimulatedEngine engine) {
        return List.of("/_ping", "/version", "/info", "/events", "/containers/json", "/containers/ID/json").stream()
                .mapToLong(engine::requests)
                .sum();
    }

    private static RegistratorProcess launch(SimulatedEngine engine, WriteRecorder recorder) {
        return RegistratorProcess.launch(
                engine.uri(),
                Map.of(),
                BenchDaemon.arguments(new Agent(recorder.address().toString()).uri()));
    }

    /** The same requests to another agent, behind a recorder as well. */
    private double replay(List<String> bodies) throws Exception {
        try (KeptAgents.Kept consul = agents.running();
                WriteRecorder recorder = WriteRecorder.before(consul.address());
                ExecutorService hands = Executors.newFixedThreadPool(CONNECTIONS)) {
            ConcurrentLinkedQueue<String> queue = new ConcurrentLinkedQueue<>(bodies);
            long before = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(hands.submit(() -> {
                    try (PlainHttp http =
                            PlainHttp.tcp("127.0.0.1", recorder.address().getPort())) {
                        for (String body = queue.poll(); body != null; body = queue.poll()) {
                            http.send("PUT", "/v1/agent/service/register", body);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return (System.nanoTime() - before) / NANOS;
        }
    }

    private static double inspects(SimulatedEngine engine, List<String> containers) throws Exception {
        try (PlainHttp http =
                PlainHttp.unix(UnixDomainSocketAddress.of(engine.uri().getPath()))) {
            long before = System.nanoTime();
            for (String container : containers) {
                http.send("GET", "/containers/" + container + "/json", "");
            }
            return (System.nanoTime() - before) / NANOS;
        }
    }

    private void row(
            int size, String what, int writes, double took, String beside, double that, RegistratorProcess daemon)
            throws Exception {
        ProcessUse use = ProcessUse.of(daemon.pid());
        report.row(size, what, writes, took, beside, that, took / that, use.cpuMillis(), use.rssMiB(), heapMiB(daemon));
    }

    /** What lives, after a collection. */
    private static double heapMiB(RegistratorProcess daemon) throws Exception {
        return Footprint.of(daemon).heapKib() / KIB_PER_MIB;
    }
}
