package io.registrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import io.registrator.registry.memory.InMemoryRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the loop answers to the question whether it goes round. */
class LivenessTest {
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final Deque<Runnable> requests = new ArrayDeque<>();
    private final Instant now = Instant.EPOCH;
    private final ReconcileLoop loop = new ReconcileLoop(
            new FakeContainerSource(),
            new FaultyRegistry(new InMemoryRegistry()),
            HostAddressSource.none(),
            new FakeProber(),
            new Deriver(DerivationSettingsBuilder.of("node", "192.0.2.1").build()),
            new Planner(new PlanPolicy("node", DeregisterPolicy.ALWAYS, false)),
            new LoopSettings(Duration.ofSeconds(30), Duration.ofSeconds(3), false, Duration.ofSeconds(3)),
            new LoopRuntime(() -> now, requests::add, () -> 0),
            new ReconcileObserver() {
                @Override
                public void passStarted() {
                    if (broken.get()) {
                        throw new IllegalStateException("broken");
                    }
                }
            });

    @Test
    void answersOnceForEachQuestionAfterAStep() {
        loop.afterNextStep(answers::incrementAndGet);
        assertThat(answers).hasValue(0);

        loop.step();
        loop.step();

        assertThat(answers).hasValue(1);
    }

    @Test
    void doesNotAnswerUntilAStepHasSucceeded() {
        broken.set(true);
        loop.afterNextStep(answers::incrementAndGet);

        assertThatThrownBy(loop::step).hasMessage("broken");
        assertThat(answers).hasValue(0);

        broken.set(false);
        loop.step();
        assertThat(answers).hasValue(1);
    }
}
