package io.registrator.it.bench;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures what the pure parts cost a call and how much each allocates, in a JVM with the daemon's flags; run by {@code
 * scripts/bench.sh jmh}.
 */
class MicroBenchmark {
    private static final TimeValue ITERATION = TimeValue.milliseconds(800);
    private static final Path FLAGS = Path.of("..", "packaging", "bundle", "lib", "java.options");
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Report report =
            new Report("jmh", "benchmark", "samples", "microseconds", "error (99.9 %)", "bytes allocated");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void measures() throws Exception {
        new Runner(options()).run().forEach(this::row);
        report.write();
    }

    private static Options options() {
        return new OptionsBuilder()
                .include(".*\\.bench\\.micro\\..*")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(1)
                .warmupIterations(4)
                .warmupTime(ITERATION)
                .measurementIterations(6)
                .measurementTime(ITERATION)
                .timeout(TimeValue.seconds(30))
                .jvmArgs("@" + FLAGS.toAbsolutePath())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
    }

    private void row(RunResult result) {
        String[] name = result.getParams().getBenchmark().split("\\.", -1);
        report.row(
                name[name.length - 2] + "." + name[name.length - 1],
                result.getPrimaryResult().getSampleCount(),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                Math.round(Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                        .getScore()));
    }
}
