package io.registrator.it.bench;

import io.registrator.it.Agent;
import io.registrator.it.EngineMoments;
import io.registrator.it.RegistratorProcess;
import io.registrator.it.TestContainers;
import io.registrator.testing.ConsulAgentProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures how long after the engine's event {@code start} Consul has answered the registration, and after {@code kill} the
 * deregistration, with a real engine and a real agent; run by {@code scripts/bench.sh latency}. The daemon and a
 * {@link FloorClient} take turns, container by container; the other one is frozen meanwhile.
 */
class LatencyBenchmark {
    private static final int SINGLES = Integer.getInteger("bench.singles", 200);
    /** A daemon lives for weeks, so neither it nor the floor is measured cold. */
    private static final int WARM_UP = Integer.getInteger("bench.warmup", 100);

    private static final String NODE = BenchDaemon.NODE;
    private static final double NANOS = 1e6;

    private final Report report = new Report(
            "latency", "from", "to", "who", "times", "median, ms", "p99, ms", "ratio of medians", "ratio of p99");

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void measures() throws Exception {
        ShippedBundle.complete(RegistratorProcess.home());
        singles("start", SINGLES);
        singles("listening", Math.max(1, SINGLES / 4));
        for (int size : new int[] {40, 200}) {
            new Bursts(size, report).measure();
        }
        report.write();
    }

    private void singles(String registerOn, int times) throws Exception {
        Path jar = JavaCommand.jar();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                WriteRecorder recorder = WriteRecorder.before(consul.address());
                TestContainers containers = TestContainers.ofWeb();
                EngineMoments starts = new EngineMoments("start");
                EngineMoments kills = new EngineMoments("kill");
                RegistratorProcess daemon = RegistratorProcess.start(
                        containers.docker().host(),
                        "-node-id",
                        NODE,
                        "-ip",
                        containers.gateway(),
                        "-register-on",
                        registerOn,
                        "-filter",
                        "label=" + containers.label(),
                        new Agent(recorder.address().toString()).uri());
                FloorProcess floor = FloorProcess.start(
                        JavaCommand.ofDaemon(daemon.pid()),
                        jar,
                        containers.docker().host(),
                        recorder.address(),
                        1,
                        containers.label(),
                        "check")) {
            Moments moments = new Moments(recorder, starts, kills);
            Samples daemons = new Samples();
            Samples floors = new Samples();
            String name = containers.create("single", "-p", "8080", "-e", "SERVICE_NAME=bench");
            for (int i = -WARM_UP; i < times; i++) {
                Turns.give(daemon.pid(), floor.pid());
                cycle(containers, name, NODE, moments, i < 0 ? new Samples() : daemons);
                Turns.give(floor.pid(), daemon.pid());
                cycle(containers, name, "floor", moments, i < 0 ? new Samples() : floors);
                floor.insistOnNoError();
            }
            rows("-register-on " + registerOn, daemons, floors);
        }
    }

    private void rows(String registerOn, Samples daemons, Samples floors) {
        row("event start", "registered", registerOn, daemons.registered, floors.registered);
        row("event kill", "deregistered", registerOn, daemons.deregistered, floors.deregistered);
    }

    private void row(String from, String to, String registerOn, Figures daemon, Figures floor) {
        report.row(from, to, "floor", floor.count(), floor.median(), floor.percentile(99), 1.0, 1.0);
        report.row(
                from,
                to,
                "daemon, " + registerOn,
                daemon.count(),
                daemon.median(),
                daemon.percentile(99),
                daemon.median() / floor.median(),
                daemon.percentile(99) / floor.percentile(99));
    }

    /** Starts the container and ends it. */
    private static void cycle(TestContainers containers, String name, String who, Moments moments, Samples samples)
            throws InterruptedException {
        String service = who.equals(NODE) ? NODE + ":" + name + ":8080" : who + ":" + name;
        Instant before = Instant.now();
        containers.docker().docker("start", name);
        Instant start = moments.starts.of(name, before);
        samples.registered.add(millis(start, moments.recorder.awaitRegistered(service, start)));
        containers.docker().docker("kill", name);
        Instant end = moments.kills.of(name, start);
        samples.deregistered.add(millis(end, moments.recorder.awaitDeregistered(service, end)));
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / NANOS;
    }

    private record Moments(WriteRecorder recorder, EngineMoments starts, EngineMoments kills) {}

    private static final class Samples {
        private final Figures registered = new Figures();
        private final Figures deregistered = new Figures();
    }
}
