package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.Delivery;
import io.registrator.testing.engine.SimulatedEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Containers that start and end five thousand times within two seconds, and a stream that does not tell all of it. */
class StormIT {
    private static final int CONTAINERS = 200;
    private static final int PAIRS = 5_000;
    private static final Duration STORM = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long SEED = 20;
    private static final Pattern WRITE = Pattern.compile(" INFO  (de)?registered ");

    @Test
    void isExactWhenAFifthOfItWasLostAndTheStreamBroke() throws Exception {
        storm(ApiVersion.V1_41, Delivery.dropping(0.2, SEED), true);
    }

    @Test
    void isExactWhenAllOfItCameTwiceAndOutOfOrder() throws Exception {
        storm(ApiVersion.V1_52, Delivery.doubled().then(Delivery.shuffled(200, SEED)), false);
    }

    private static void storm(ApiVersion version, Delivery delivery, boolean breaks) throws Exception {
        try (Simulation simulation = Simulation.start(version, "-resync", "3")) {
            SimulatedEngine engine = simulation.engine();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < CONTAINERS; i++) {
                ids.add(engine.create(ContainerSpec.named("c" + i).publish(80, 20_000 + i)));
            }
            engine.events().deliver(delivery);
            blow(engine, ids, breaks);
            engine.events().deliver(Delivery.exact());

            assertThat(engine.running()).hasSizeBetween(1, CONTAINERS - 1);
            simulation.awaitEqual(SOON);
            assertThat(simulation.daemon().log()).doesNotContain("ERROR");
            assertStaysSo(simulation);
        }
    }

    /** Every container starts and ends by turns, at an even pace; some run at the end. */
    private static void blow(SimulatedEngine engine, List<String> ids, boolean breaks) {
        SplittableRandom random = new SplittableRandom(SEED);
        long begin = System.nanoTime();
        for (int pair = 0; pair < PAIRS; pair++) {
            String id = ids.get(pair % ids.size());
            engine.start(id);
            boolean last = pair >= PAIRS - ids.size();
            if (!last || random.nextBoolean()) {
                engine.die(id, 0);
            }
            if (breaks && pair == PAIRS / 2) {
                engine.events().cut();
            }
            LockSupport.parkNanos(begin + STORM.toNanos() * pair / PAIRS - System.nanoTime());
        }
    }

    /** Once what was answered has been told, two more passes find nothing to write. */
    private static void assertStaysSo(Simulation simulation) throws Exception {
        awaitPasses(simulation, 1);
        long before = writes(simulation);
        assertThat(before).isPositive();
        awaitPasses(simulation, 2);
        assertThat(writes(simulation)).isEqualTo(before);
    }

    private static void awaitPasses(Simulation simulation, int count) throws Exception {
        long listings = simulation.engine().requests("/containers/json");
        Await.until(
                count + " more passes",
                SOON,
                () -> simulation.engine().requests("/containers/json") >= listings + count);
    }

    private static long writes(Simulation simulation) {
        return simulation.daemon().log().lines().filter(WRITE.asPredicate()).count();
    }
}
