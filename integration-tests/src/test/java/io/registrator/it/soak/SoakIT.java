package io.registrator.it.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.collect.Iterables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Does to containers whatever can be done to them, while engine, cluster, network, clock and the daemon itself fail, and at
 * every quiet point compares Consul with the engine. {@link SoakSettings} says what can be asked for.
 */
class SoakIT {
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final SoakSettings settings = SoakSettings.ofProperties();

    @Test
    // Its own limit depends on what it was asked for.
    @Timeout(value = 30, unit = TimeUnit.DAYS)
    void equalsTheEngineWhateverFails() {
        System.out.println("soak: " + settings);
        Duration longest =
                Soak.longest(settings).multipliedBy(settings.rounds()).plus(MARGIN);
        List<SeedResult> results = assertTimeoutPreemptively(longest, this::runAll);
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.troubles()).as(result.story()).isEmpty());
    }

    private List<SeedResult> runAll() throws Exception {
        List<SeedResult> results = new ArrayList<>();
        for (List<Long> round : Iterables.partition(settings.seeds(), settings.together())) {
            results.addAll(runTogether(round));
        }
        new Report(settings, results).write();
        return results;
    }

    private List<SeedResult> runTogether(List<Long> seeds) throws InterruptedException {
        SeedResult[] results = new SeedResult[seeds.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            int place = i;
            Soak soak = new Soak(seeds.get(i), settings);
            threads.add(Thread.ofPlatform().start(() -> results[place] = soak.run()));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return List.of(results);
    }
}
