package io.registrator.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.it.Simulation;
import io.registrator.testing.Await;
import io.registrator.testing.engine.ApiVersion;
import java.io.IOException;
import java.time.Duration;

/**
 * Measures a daemon after few events and after many, with the status page on, so that all that keeps something is there.
 *
 * @param few events before the first measurement
 * @param many events before the second, in all
 */
public record MemoryRun(int containers, long few, long many, int eventsPerSecond) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double SHARE = 0.10;
    private static final double KIB_PER_MIB = 1024;
    /** Connections are kept alive for a while, and threads. */
    private static final int SOME = 5;

    /** What was measured. */
    public record Result(Footprint few, Footprint many, long lost) {

        /** The second is the first again, but for a tenth. */
        public void assertFlat() {
            assertThat((double) many.heapKib()).as("heap, KiB").isLessThan(few.heapKib() * (1 + SHARE));
            assertThat((double) many.rssKib()).as("resident, KiB").isLessThan(few.rssKib() * (1 + SHARE));
            assertThat(many.threads()).as("threads").isLessThanOrEqualTo(few.threads() + SOME);
            assertThat(many.descriptors()).as("descriptors").isLessThanOrEqualTo(few.descriptors() + SOME);
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
                    footprint.rssKib() / KIB_PER_MIB,
                    footprint.threads(),
                    footprint.descriptors());
        }
    }

    /** @param registry the daemon's registry, such as {@code memory:}; empty for an agent of its own */
    public Result measure(String registry) throws IOException, InterruptedException {
        try (Simulation simulation =
                Simulation.startWith(registry, ApiVersion.V1_41, "-admin", "127.0.0.1:0", "-resync", "5")) {
            Weather weather = new Weather(simulation.engine(), containers, eventsPerSecond);
            weather.send(few);
            awaitCalm(simulation);
            Footprint first = Footprint.of(simulation.daemon());
            weather.send(many - few);
            awaitCalm(simulation);
            Footprint second = Footprint.of(simulation.daemon());
            assertThat(simulation.daemon().log()).doesNotContain("ERROR");
            return new Result(first, second, simulation.engine().events().lost());
        }
    }

    /** All is registered, and two passes have gone by since. */
    private void awaitCalm(Simulation simulation) throws InterruptedException {
        simulation.awaitRegistered(containers, PATIENCE);
        long listings = simulation.engine().requests("/containers/json");
        Await.until(
                "two more passes", PATIENCE, () -> simulation.engine().requests("/containers/json") >= listings + 2);
        simulation.awaitRegistered(containers, PATIENCE);
    }
}
