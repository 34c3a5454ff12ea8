package io.registrator.it.bench;

import io.registrator.it.RegistratorProcess;
import org.junit.jupiter.api.Test;

/**
 * Measures what a daemon holds after 10,000 events and after {@code -Dbench.events}, of a simulated engine with {@code
 * -Dbench.containers}, and that it does not grow; run by {@code scripts/bench.sh memory}. Registers with a Consul agent, or, for
 * more containers than that takes in a minute, nowhere.
 */
class MemoryBenchmark {
    private static final long EVENTS = Long.getLong("bench.events", 1_000_000);
    private static final int CONTAINERS = Integer.getInteger("bench.containers", 100);
    private static final int EVENTS_PER_SECOND = 10_000;
    private static final int MANY_CONTAINERS = 1_000;

    @Test
    void measures() throws Exception {
        ShippedBundle.complete(RegistratorProcess.home());
        MemoryRun run = new MemoryRun(CONTAINERS, 10_000, EVENTS, EVENTS_PER_SECOND);
        MemoryRun.Result result = run.measure(CONTAINERS > MANY_CONTAINERS ? "memory:" : "");
        result.report("memory", run).write();
        System.out.println("Events that the daemon was too slow to read: " + result.lost());
        result.assertFlat();
    }
}
