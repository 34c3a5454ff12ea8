package io.registrator.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.it.Simulation;
import io.registrator.testing.Await;
import io.registrator.testing.engine.ApiVersion;
import java.io.IOException;
import java.time.Duration;

/**
 * Measures a daemon after few events and after many.
 *
 * @param few events before the first measurement
 * @param many events before the second, in all
 */
public record MemoryRun(int containers, long few, long many, int eventsPerSecond) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double SHARE = 0.10;
    private static final double KIB_PER_MIB = 1024;
    /** Threads are kept for a while. */
    private static final int SOME = 5;
    /** Connections are made when they are needed, and kept: to the engine one for each inspect that may be under way. */
    private static final int CONNECTIONS = 24;
    /** What httpcore keeps for each: three buffers of 32 KiB. */
    private static final double CONNECTION_KIB = 96;

    /** What was measured. */
    public record Result(Footprint few, Footprint many, long lost) {

        /** The second is the first again, but for a tenth, and for connections that it did not need before. */
        public void assertFlat() {
            int more = many.process().descriptors() - few.process().descriptors();
            assertThat(more).as("descriptors more").isLessThanOrEqualTo(CONNECTIONS);
            double connections = Math.max(0, more) * CONNECTION_KIB;
            assertThat(many.heapKib() - connections).as("heap, KiB").isLessThan(few.heapKib() * (1 + SHARE));
            assertThat(many.process().rssKib() - connections)
                    .as("resident, KiB")
                    .isLessThan(few.process().rssKib() * (1 + SHARE));
            assertThat(many.process().threads())
                    .as("threads")
                    .isLessThanOrEqualTo(few.process().threads() + SOME);
        }

        /** As the two rows of a report. */
        Report report(String name, MemoryRun run) {
            Report report =
                    new Report(name, "containers", "events", "heap, MiB", "resident, MiB", "threads", "descriptors");
            row(report, run.containers(), run.few(), few);
            row(report, run.containers(), run.many(), many);
            return report;
        }

        private static void row(Report report, int containers, long events, Footprint footprint) {
            report.row(
                    containers,
                    events,
                    footprint.heapKib() / KIB_PER_MIB,
                    footprint.process().rssMiB(),
                    footprint.process().threads(),
                    footprint.process().descriptors());
        }
    }

    /**
     * With the status page on, by which the daemon says what is registered.
     *
     * @param registry the daemon's, such as {@code memory:}; empty for an agent of its own
     */
    public Result measure(String registry) throws IOException, InterruptedException {
        return measure(
                Simulation.startWith(registry, ApiVersion.V1_41, "-admin", "127.0.0.1:0", "-resync", "5"),
                simulation -> simulation.awaitRegistered(containers, PATIENCE));
    }

    /** With a Consul agent of its own, and no status page. */
    Result measure() throws IOException, InterruptedException {
        return measure(
                Simulation.start(ApiVersion.V1_41, "-resync", "5"), simulation -> simulation.awaitEqual(PATIENCE));
    }

    private Result measure(Simulation started, Calm calm) throws IOException, InterruptedException {
        try (Simulation simulation = started) {
            Weather weather = new Weather(simulation.engine(), containers, eventsPerSecond);
            weather.send(few);
            awaitCalm(simulation, calm);
            Footprint first = Footprint.of(simulation.daemon());
            weather.send(many - few);
            awaitCalm(simulation, calm);
            Footprint second = Footprint.of(simulation.daemon());
            assertThat(simulation.daemon().log()).doesNotContain("ERROR");
            return new Result(first, second, simulation.engine().events().lost());
        }
    }

    /** All is registered, and two passes have gone by since. */
    private static void awaitCalm(Simulation simulation, Calm calm) throws InterruptedException {
        calm.await(simulation);
        long listings = simulation.engine().requests("/containers/json");
        Await.until(
                "two more passes", PATIENCE, () -> simulation.engine().requests("/containers/json") >= listings + 2);
        calm.await(simulation);
    }

    /** Until all is registered. */
    private interface Calm {
        void await(Simulation simulation) throws InterruptedException;
    }
}
