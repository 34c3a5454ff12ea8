package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.runningSince;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that are told late, again, or of a time before the daemon was started. */
class SignalsTest {
    private static final Failure CUT = new Failure.Transient("gone");
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    /** The containers' grace, and what is given on top of it. */
    private static final Duration GRACE = Duration.ofSeconds(12);

    private static final Duration REOPENED = Duration.ofSeconds(1);
    private static final String A = serviceId("a");

    private final LoopHarness loop = new LoopHarness();

    @Test
    void aSignalThatWasDrainedInVainIsNotBelievedAgainWhenItIsReplayed() {
        drainInVain();

        // Even by an engine whose clock says that it was just now.
        loop.engine.replaySignals(Duration.ZERO);
        for (int cut = 0; cut < 3; cut++) {
            loop.engine.cut(CUT);
            loop.settle().pass(REOPENED);

            assertThat(loop.ids()).containsExactly(A);
        }
        assertThat(loop.observer.told).containsOnlyOnce("draining a 10", "drained in vain a");
    }

    @Test
    void aSecondStopOfTheSameRunIsBelieved() {
        drainInVain();

        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.observer.told).filteredOn("draining a 10"::equals).hasSize(2);
        assertThat(loop.pass(GRACE).ids()).containsExactly(A);
    }

    @Test
    void aReplayDoesNotLengthenADrain() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        loop.settle().pass(GRACE.minusSeconds(2));
        loop.engine.replaySignals(GRACE.minusSeconds(2));
        loop.engine.cut(CUT);
        loop.settle().pass(REOPENED);

        assertThat(loop.pass(REOPENED).ids()).containsExactly(A);
    }

    @Test
    void whatIsBeingStoppedStaysOutThroughARestartOfOurs() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        assertThat(loop.settle().ids()).isEmpty();

        loop.engine.replaySignals(Duration.ofSeconds(5));
        LoopHarness restarted = new LoopHarness(loop);

        assertThat(restarted.settle().ids()).isEmpty();
        assertThat(restarted.registry.writes()).isEmpty();
        assertThat(restarted.pass(Duration.ofMillis(6_999)).ids()).isEmpty();
        assertThat(restarted.pass(Duration.ofMillis(1)).ids()).containsExactly(A);
        assertThat(restarted.observer.told).contains("drained in vain a");
    }

    @Test
    void whatIsBeingStoppedIsNotLeftRegisteredByARestartOfOurs() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);

        // The first daemon was killed before it could do anything.
        loop.engine.replaySignals(Duration.ofSeconds(1));
        LoopHarness restarted = new LoopHarness(loop);

        assertThat(restarted.settle().ids()).isEmpty();
    }

    @Test
    void maintenanceOfWhatIsBeingStoppedLastsThroughARestartOfOurs() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_DRAIN=maintenance"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        loop.settle();

        loop.engine.replaySignals(Duration.ofSeconds(5));
        LoopHarness restarted = new LoopHarness(loop);

        assertThat(restarted.settle().service(A).maintenance()).contains("being stopped");
        assertThat(restarted.registry.writes()).isEmpty();
        assertThat(restarted.pass(GRACE).service(A).maintenance()).isNull();
    }

    @Test
    void aSignalWhoseTimeWasUpBeforeTheStartCountsForNothing() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        loop.engine.replaySignals(GRACE);

        LoopHarness restarted = new LoopHarness(loop);

        assertThat(restarted.settle().ids()).containsExactly(A);
        assertThat(restarted.observer.told).noneMatch(told -> told.startsWith("drain"));
    }

    @Test
    void aSignalOfAnEarlierRunCountsForNothing() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        loop.engine.put(runningSince("a", Instant.parse("2026-06-01T00:00:00Z")));
        loop.engine.replaySignals(Duration.ofSeconds(3));

        assertThat(new LoopHarness(loop).settle().ids()).containsExactly(A);
    }

    /** The start is being looked at, and already somebody stops it again. */
    @Test
    void aSignalThatOvertakesTheLookAtTheStartIsKept() {
        loop.settle();
        loop.engine.change(running("a"));
        loop.step();
        loop.engine.signal(id("a"), SIGTERM);
        // One that ends nothing is no reason to forget it.
        loop.engine.signal(id("a"), 1);

        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.observer.told).containsOnlyOnce("draining a 10");
    }

    @Test
    void aSignalToTheNextRunOfAStoppedContainerIsKept() {
        loop.engine.put(exited("a", 0));
        loop.settle();
        loop.engine.put(running("a"));
        loop.engine.emit(id("a"));
        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deregister", "maintenance"})
    void whatIsKilledIsNotSaidToHaveAnyTime(String drain) {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_DRAIN=" + drain));
        loop.settle();

        loop.engine.signal(id("a"), SIGKILL);
        loop.settle();

        assertThat(loop.observer.told).contains("killed a").noneMatch(told -> told.startsWith("draining"));
    }

    @Test
    void theKillAtTheEndOfAGraceIsNotSaidAsASecondThing() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        loop.settle().pass(Duration.ofSeconds(10));

        loop.engine.signal(id("a"), SIGKILL);
        loop.settle();
        loop.engine.change(exited("a", 137));
        loop.settle();

        assertThat(loop.observer.told).contains("draining a 10").doesNotContain("killed a", "drained in vain a");
    }

    @Test
    void whatSurvivesAKillComesBackSoon() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGKILL);
        assertThat(loop.settle().ids()).isEmpty();

        assertThat(loop.pass(Duration.ofSeconds(2)).ids()).containsExactly(A);
    }

    private void drainInVain() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.pass(GRACE).ids()).containsExactly(A);
    }
}
