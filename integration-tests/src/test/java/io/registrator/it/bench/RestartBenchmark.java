package io.registrator.it.bench;

import io.registrator.it.Agent;
import io.registrator.it.ProcessUse;
import io.registrator.it.RegistratorProcess;
import io.registrator.it.TestContainers;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures the restart of a daemon on a real engine whose containers are all registered, from Consul's first answer to the end
 * of the pass, beside the inspects alone, one after the other. The two take turns. Run by {@code scripts/bench.sh restart}.
 */
class RestartBenchmark {
    private static final int CONTAINERS = Integer.getInteger("bench.containers", 500);
    private static final int RUNS = Integer.getInteger("bench.runs", 5);
    private static final int STARTS_AT_ONCE = 4;
    private static final List<String> OPTIONS =
            List.of("--network", "host", "--expose", "8080", "-e", "SERVICE_NAME=bench");
    private static final String[] COMMAND = {"/bin/busybox", "sleep", "100000"};
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final double NANOS = 1e6;

    private final Report report =
            new Report("restart", "containers", "what", "times", "median, ms", "ratio", "CPU, ms", "RSS, MiB");

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void measures() throws Exception {
        ShippedBundle.complete(RegistratorProcess.home());
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                WriteRecorder recorder = WriteRecorder.before(consul.address());
                TestContainers containers = TestContainers.ofWeb()) {
            List<String> ids = start(containers);
            try (RegistratorProcess first = launch(containers, recorder)) {
                Await.until(CONTAINERS + " registrations", PATIENCE, () -> recorder.writes() >= CONTAINERS);
                first.awaitReady();
            }
            measure(containers, ids, recorder);
        }
        report.write();
    }

    /** On the host's network, where an engine starts them fastest, and as many as it likes. */
    private static List<String> start(TestContainers containers) throws Exception {
        try (ExecutorService hands = Executors.newFixedThreadPool(STARTS_AT_ONCE)) {
            List<Future<String>> all = IntStream.range(0, CONTAINERS)
                    .mapToObj(i -> hands.submit(() -> containers.runCommand("n" + i, OPTIONS, COMMAND)))
                    .toList();
            for (Future<String> each : all) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        return containers
                .docker()
                .docker("ps", "--no-trunc", "--quiet", "--filter", "label=" + containers.label())
                .lines()
                .toList();
    }

    private void measure(TestContainers containers, List<String> ids, WriteRecorder recorder) throws Exception {
        Figures alone = new Figures();
        Figures restarts = new Figures();
        Figures cpu = new Figures();
        Figures rss = new Figures();
        int writes = recorder.writes();
        for (int run = 0; run < RUNS; run++) {
            alone.add(inspects(containers, ids));
            recorder.expectFirst();
            try (RegistratorProcess daemon = launch(containers, recorder).awaitReady()) {
                restarts.add(millis(recorder.firstRequest(), Instant.now()));
                ProcessUse use = ProcessUse.of(daemon.pid());
                cpu.add(use.cpuMillis());
                rss.add(use.rssMiB());
            }
        }
        if (recorder.writes() != writes) {
            throw new AssertionError("wrote " + (recorder.writes() - writes) + " times over an unchanged state");
        }
        report.row(ids.size(), "the inspects, serially", RUNS, alone.median(), 1.0, "", "");
        report.row(
                ids.size(),
                "restart, nothing to write",
                RUNS,
                restarts.median(),
                restarts.median() / alone.median(),
                cpu.median(),
                rss.median());
    }

    private static double inspects(TestContainers containers, List<String> ids) throws Exception {
        try (PlainHttp http = PlainHttp.unix(
                UnixDomainSocketAddress.of(containers.docker().host().getPath()))) {
            Instant before = Instant.now();
            for (String id : ids) {
                http.send("GET", "/containers/" + id + "/json", "");
            }
            return millis(before, Instant.now());
        }
    }

    private static RegistratorProcess launch(TestContainers containers, WriteRecorder recorder) {
        return RegistratorProcess.launch(
                containers.docker().host(),
                Map.of(),
                "-node-id",
                BenchDaemon.NODE,
                "-ip",
                "127.0.0.1",
                "-check",
                "none",
                "-filter",
                containers.filter(),
                new Agent(recorder.address().toString()).uri());
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / NANOS;
    }
}
