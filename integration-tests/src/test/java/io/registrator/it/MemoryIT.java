package io.registrator.it;

import io.registrator.it.bench.MemoryRun;
import org.junit.jupiter.api.Test;

/** A small part of what {@code scripts/bench.sh memory} measures. */
class MemoryIT {

    @Test
    void holdsNoMoreAfterManyEventsThanAfterFew() throws Exception {
        MemoryRun run = new MemoryRun(50, 30_000, 150_000, 10_000);
        MemoryRun.Result result = run.measure("");
        System.out.println(result);
        result.assertFlat();
    }
}
