package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.Failure;
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
    void goesOnDeregisteringAsLongAsServicesBecomeFewer() {
        LoopHarness leaving = leaving(100);

        leaving.stop();
        int rounds = 0;
        while (!leaving.isOver()) {
            leaving.step();
            leaving.tick(Duration.ofSeconds(2));
            leaving.answer();
            leaving.step();
            rounds++;
        }
        leaving.end();

        assertThat(leaving.ids()).isEmpty();
        assertThat(rounds).as("two seconds each").isBetween(10, 20);
        assertThat(leaving.observer.told).noneMatch(line -> line.startsWith("left"));
    }

    @Test
    void saysHowManyServicesAreLeftWhenItsTimeIsOver() {
        LoopHarness leaving = leaving(400);

        leaving.stop();
        for (int seconds = 0; seconds < 60; seconds += 2) {
            assertThat(leaving.isOver()).isFalse();
            leaving.step();
            leaving.tick(Duration.ofSeconds(2));
            leaving.answer();
            leaving.step();
        }
        leaving.end();

        assertThat(leaving.isOver()).isTrue();
        assertThat(leaving.observer.told)
                .contains("left registered " + leaving.ids().size());
        assertThat(leaving.ids()).isNotEmpty();
    }

    @Test
    void givesUpDeregisteringWhenNothingMovesAndSaysWhatIsLeft() {
        LoopHarness leaving = leaving(3);
        leaving.registry.fail(serviceId("n1"), new Failure.Transient("500"));

        leaving.stop();
        leaving.settle();
        assertThat(leaving.isOver()).as("it tries again").isFalse();
        leaving.pass(Duration.ofSeconds(3));
        leaving.end();

        assertThat(leaving.isOver()).isTrue();
        assertThat(leaving.observer.told).contains("left registered 1");
    }

    @Test
    void saysWhatIsLeftWhereTheRegistryIsAway() {
        LoopHarness leaving = leaving(3);
        leaving.registry.outage(new Failure.Transient("refused"));
        leaving.periodicPass();

        leaving.stop();
        leaving.settle();
        leaving.end();

        assertThat(leaving.isOver()).isTrue();
        assertThat(leaving.observer.told).contains("left registered 3");
    }

    private static LoopHarness leaving(int services) {
        LoopHarness leaving = new LoopHarness(DeregisterPolicy.ALWAYS, false, true);
        for (int i = 0; i < services; i++) {
            leaving.engine.put(running("n" + i));
        }
        assertThat(leaving.settle().ids()).hasSize(services);
        return leaving;
    }

    @Test
    void leavesServicesRegisteredWhenItEnds() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.stop();

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"));
        assertThat(loop.isOver()).isTrue();
    }

    @Test
    void closesTheEventStream() {
        loop.settle();
        assertThat(loop.engine.openStreams()).isEqualTo(1);

        loop.stop();

        assertThat(loop.settle().engine.openStreams()).isZero();
    }

    @Test
    void closesAStreamThatOpensOnlyThen() {
        loop.step();
        loop.stop();
        loop.step();
        loop.answer();

        assertThat(loop.settle().engine.openStreams()).isZero();
        assertThat(loop.engine.subscriptions()).isEqualTo(1);
    }
}
