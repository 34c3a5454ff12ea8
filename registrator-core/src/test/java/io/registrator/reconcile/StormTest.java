package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More events than anybody can follow, of which many are lost, doubled or out of order. */
class StormTest {
    private static final int CONTAINERS = 500;
    private static final int PAIRS = 5_000;
    private static final int BATCH = 250;

    private final LoopHarness loop = new LoopHarness();
    private final Set<String> all = new HashSet<>();
    private final Set<String> up = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endsExactlyAsTheEngineDoes(long seed) {
        Random random = new Random(seed);
        loop.settle();
        for (int pair = 0; pair < PAIRS; pair += BATCH) {
            List<String> names = storm(random);
            names.forEach(name -> loop.engine.emit(id(name)));
            loop.step();
            loop.pass(Duration.ofMillis(2_000L * BATCH / PAIRS));
            if (pair == PAIRS / 2) {
                loop.engine.cut(new Failure.Transient("connection reset"));
            }
        }

        loop.periodicPass();

        assertThat(loop.ids())
                .containsExactlyElementsOf(
                        up.stream().map(LoopHarness::serviceId).sorted().toList());
        assertThat(loop.observer.passes.getLast()).isEqualTo(new PassSummary(all.size(), up.size(), 0));
    }

    /** Starts and ends containers; says of which there are events: four of five, some twice, in no order. */
    private List<String> storm(Random random) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String name = "c" + random.nextInt(CONTAINERS);
            all.add(name);
            for (ContainerSnapshot state : List.of(running(name), exited(name, 0))) {
                loop.engine.put(state);
                IntStream.range(0, random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(2))
                        .forEach(time -> told.add(name));
            }
            up.remove(name);
            if (random.nextBoolean()) {
                loop.engine.put(running(name));
                up.add(name);
            }
        }
        Collections.shuffle(told, random);
        return told;
    }
}
