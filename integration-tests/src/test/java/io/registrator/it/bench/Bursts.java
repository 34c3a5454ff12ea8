package io.registrator.it.bench;

import io.registrator.it.Agent;
import io.registrator.it.RegistratorProcess;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many containers at once, which a simulated engine starts and stops within milliseconds: how long until the last of them is
 * registered, and until the last one is not. A real one takes seconds, and would be measured instead.
 */
final class Bursts {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    private static final int HANDS = 8;
    private static final int FIRST_PORT = 20_000;
    private static final double NANOS = 1e6;
    private static final String LABEL = "bench=burst";

    private final int size;
    private final Report report;

    Bursts(int size, Report report) {
        this.size = size;
        this.report = report;
    }

    void measure() throws Exception {
        Path jar = JavaCommand.jar();
        Samples floor = new Samples();
        Samples serial = new Samples();
        Samples daemons = new Samples();
        JavaCommand like;
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                WriteRecorder recorder = WriteRecorder.before(consul.address());
                SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_41);
                RegistratorProcess daemon = daemon(engine.uri(), recorder)) {
            like = JavaCommand.ofDaemon(daemon.pid());
            rounds(engine, recorder, BenchDaemon.NODE + ":%s:80", daemons);
        }
        floor(like, jar, HANDS, floor);
        floor(like, jar, 1, serial);
        rows("start", "registered", floor.registered, serial.registered, daemons.registered);
        rows("kill", "deregistered", floor.deregistered, serial.deregistered, daemons.deregistered);
    }

    private static RegistratorProcess daemon(URI engine, WriteRecorder recorder) throws InterruptedException {
        return RegistratorProcess.start(
                engine, BenchDaemon.arguments(new Agent(recorder.address().toString()).uri()));
    }

    private void floor(JavaCommand like, Path jar, int hands, Samples samples) throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                WriteRecorder recorder = WriteRecorder.before(consul.address());
                SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_41);
                FloorProcess floor =
                        FloorProcess.start(like, jar, engine.uri(), recorder.address(), hands, LABEL, "none")) {
            rounds(engine, recorder, "floor:%s", samples);
            floor.insistOnNoError();
        }
    }

    private void rounds(SimulatedEngine engine, WriteRecorder recorder, String id, Samples samples)
            throws InterruptedException {
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            round(engine, recorder, id, round < 0 ? new Samples() : samples);
        }
    }

    private void round(SimulatedEngine engine, WriteRecorder recorder, String id, Samples samples)
            throws InterruptedException {
        List<String> names = new ArrayList<>();
        List<String> containers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add("burst" + i);
            containers.add(engine.create(ContainerSpec.named("burst" + i)
                    .env("SERVICE_NAME=bench")
                    .labels(Map.of("bench", "burst"))
                    .publish(80, FIRST_PORT + i)));
        }
        Instant start = Instant.now();
        containers.forEach(engine::start);
        samples.registered.add(untilLast(names, start, name -> recorder.awaitRegistered(id.formatted(name), start)));
        Instant end = Instant.now();
        containers.forEach(engine::stop);
        samples.deregistered.add(untilLast(names, end, name -> recorder.awaitDeregistered(id.formatted(name), end)));
        containers.forEach(engine::remove);
    }

    private interface Moment {
        Instant of(String name) throws InterruptedException;
    }

    private static double untilLast(List<String> names, Instant start, Moment moment) throws InterruptedException {
        Instant last = start;
        for (String name : names) {
            Instant each = moment.of(name);
            last = each.isAfter(last) ? each : last;
        }
        return Duration.between(start, last).toNanos() / NANOS;
    }

    private void rows(String from, String to, Figures floor, Figures serial, Figures daemon) {
        String first = "first event " + from + " of " + size;
        String last = "last one " + to;
        row(first, last, "floor, " + HANDS + " connections", floor, floor);
        row(first, last, "floor, strictly serial", serial, floor);
        row(first, last, "daemon", daemon, floor);
    }

    private void row(String from, String to, String who, Figures figures, Figures floor) {
        report.row(
                from,
                to,
                who,
                figures.count(),
                figures.median(),
                figures.percentile(99),
                figures.median() / floor.median(),
                figures.percentile(99) / floor.percentile(99));
    }

    private static final class Samples {
        private final Figures registered = new Figures();
        private final Figures deregistered = new Figures();
    }
}
