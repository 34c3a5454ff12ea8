package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.plan.DeregisterPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the loop ends. */
class ShutdownTest {
    private final LoopHarness loop = new LoopHarness();

    @Test
    void finishesWhatWasBegunBeforeItEnds() {
        loop.settle();
        loop.engine.change(running("a"));
        loop.step();
        loop.stop();
        loop.step();
        assertThat(loop.isOver()).isFalse();

        loop.settle();
        assertThat(loop.isOver()).isTrue();
        assertThat(loop.ids()).containsExactly(serviceId("a"));
    }

    @Test
    void waitsForNothingOnceItIsOver() {
        loop.settle();
        assertThat(loop.untilNextDue()).isPositive();
        loop.stop();

        assertThat(loop.settle().untilNextDue()).isZero();
    }

    @Test
    void doesNotWaitForEverWhenItEnds() {
        loop.settle();
        loop.engine.change(running("a"));
        loop.step();
        loop.stop();
        loop.step();
        loop.requests.clear();

        loop.pass(Duration.ofSeconds(3));
        assertThat(loop.isOver()).isTrue();
    }

    @Test
    void deregistersItsOwnOnExitWhenAskedTo() {
        LoopHarness leaving = new LoopHarness(DeregisterPolicy.ALWAYS, false, true);
        leaving.registry.inner().register(foreign("vault:8200", "vault"));
        leaving.engine.put(running("a"));
        leaving.settle();
        leaving.stop();

        assertThat(leaving.settle().ids()).containsExactly("vault:8200");
        assertThat(leaving.isOver()).isTrue();
    }

    @Test
    void leavesServicesRegisteredWhenItEnds() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.stop();

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"));
        assertThat(loop.isOver()).isTrue();
    }
}
