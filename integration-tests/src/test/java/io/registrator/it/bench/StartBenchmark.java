package io.registrator.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Lists;
import io.registrator.it.ProcessUse;
import io.registrator.it.RegistratorProcess;
import io.registrator.testing.Command;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures from the execution of the launcher to the end of the first pass, beside {@link SocketsOnly} with the same runtime,
 * flags and AOT cache, in turns; run by {@code scripts/bench.sh start}. This build's bundle is completed as it is
 * shipped first; one that is named is run as it is.
 */
class StartBenchmark {
    private static final int RUNS = Integer.getInteger("bench.runs", 15);
    private static final long EVENTS = Long.getLong("bench.events", 0);
    private static final int WARM_UP = 2;
    private static final int EVENTS_PER_SECOND = 10_000;
    private static final double NANOS = 1e6;

    private final Report report = new Report(
            "start", "program", "containers", "runs", "exec to ready, ms", "p99, ms", "CPU, ms", "RSS, MiB", "ratio");

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void measures() throws Exception {
        ShippedBundle.complete(RegistratorProcess.home());
        starts(0);
        starts(20);
        report.write();
        if (EVENTS > 0) {
            afterEvents();
        }
    }

    /** What twenty containers cost in the long run, with a first look after a tenth of the events. */
    private static void afterEvents() throws Exception {
        MemoryRun run = new MemoryRun(20, EVENTS / 10, EVENTS, EVENTS_PER_SECOND);
        run.measure().report("start-events", run).write();
    }

    private void starts(int containers) throws Exception {
        Path jar = JavaCommand.jar();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_41)) {
            for (int i = 0; i < containers; i++) {
                engine.run(ContainerSpec.named("c" + i).publish(80, 20_000 + i));
            }
            List<String> daemon = Lists.asList(
                    RegistratorProcess.home().resolve("bin/registrator").toString(),
                    BenchDaemon.arguments("consul://" + consul.address()));
            List<String> sockets = like(daemon, engine)
                    .with(
                            SocketsOnly.class,
                            jar,
                            engine.uri().getPath(),
                            consul.address().getHost(),
                            String.valueOf(consul.address().getPort()));
            Starts daemons = new Starts();
            Starts floors = new Starts();
            for (int i = -WARM_UP; i < RUNS; i++) {
                start(sockets, SocketsOnly.READY, engine, i < 0 ? new Starts() : floors);
                start(daemon, " ready: ", engine, i < 0 ? new Starts() : daemons);
            }
            row("sockets only", containers, floors, floors);
            row("registrator", containers, daemons, floors);
        }
    }

    private static JavaCommand like(List<String> daemon, SimulatedEngine engine) throws Exception {
        Process process = builder(daemon, engine).start();
        try {
            awaitLine(process, " ready: ");
            return JavaCommand.ofDaemon(process.pid());
        } finally {
            Command.kill(process);
        }
    }

    private static ProcessBuilder builder(List<String> command, SimulatedEngine engine) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(RegistratorProcess.environment(engine.uri()));
        return builder;
    }

    private static void start(List<String> command, String ready, SimulatedEngine engine, Starts starts)
            throws Exception {
        long before = System.nanoTime();
        Process process = builder(command, engine).start();
        try {
            awaitLine(process, ready);
            starts.millis.add((System.nanoTime() - before) / NANOS);
            ProcessUse use = ProcessUse.of(process.pid());
            starts.rss.add(use.rssMiB());
            starts.cpu.add(use.cpuMillis());
        } finally {
            Command.kill(process);
        }
    }

    /** The test's own time limit bounds it. */
    private static void awaitLine(Process process, String text) throws IOException {
        BufferedReader lines = process.inputReader(UTF_8);
        StringBuilder all = new StringBuilder();
        String line;
        do {
            line = lines.readLine();
            if (line == null) {
                throw new AssertionError("ended before it was ready:\n" + all);
            }
            all.append(line).append('\n');
        } while (!line.contains(text));
    }

    private void row(String program, int containers, Starts starts, Starts floor) {
        report.row(
                program,
                containers,
                starts.millis.count(),
                starts.millis.median(),
                starts.millis.percentile(99),
                starts.cpu.median(),
                starts.rss.median(),
                starts.millis.median() / floor.millis.median());
    }

    private static final class Starts {
        private final Figures millis = new Figures();
        private final Figures rss = new Figures();
        private final Figures cpu = new Figures();
    }
}
