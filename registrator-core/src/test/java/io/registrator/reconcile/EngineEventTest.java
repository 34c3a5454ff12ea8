package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.runningSince;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static io.registrator.reconcile.LoopHarness.stamped;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.plan.DeregisterPolicy;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from events themselves, and how it heals when they are wrong. */
class EngineEventTest {
    private static final String A = serviceId("a");
    private static final Instant START = Instant.EPOCH.plusSeconds(60);
    private static final Instant END = START.plusSeconds(60);

    private final LoopHarness loop = new LoopHarness();

    @Test
    void believesThatARunIsOverBeforeAnInspectShowsIt() {
        loop.engine.put(runningSince("a", START));
        loop.settle();
        loop.engine.failInspect(id("a"), new Failure.Transient("busy"));

        loop.engine.die(id("a"), 0, END);

        assertThat(loop.settle().ids()).isEmpty();
    }

    @Test
    void looksAtWhatIsOverAllTheSame() {
        loop.engine.put(runningSince("a", START));
        loop.settle();

        loop.engine.die(id("a"), 0, END);

        // As though the word had been wrong: the run goes on.
        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void doesNotBelieveWhatTellsOfAnEarlierRun() {
        loop.engine.put(runningSince("a", START));
        loop.settle();
        int written = loop.registry.writes().size();

        loop.engine.die(id("a"), 0, START.minusSeconds(1));

        loop.settle();
        assertThat(loop.registry.writes()).hasSize(written);
    }

    @Test
    void registersTheNextRunThatBeganMeanwhile() {
        loop.engine.put(runningSince("a", START));
        loop.settle();

        loop.engine.die(id("a"), 0, END);
        loop.engine.change(runningSince("a", END.plusSeconds(1)));

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void isNotMisledByAnInspectThatBeganBeforeTheEnd() {
        loop.settle();
        loop.engine.change(runningSince("a", START));
        loop.step();
        loop.engine.die(id("a"), 0, END);
        // The inspect of the start answers after the end was told, with what it saw before.
        loop.answer();
        loop.step();
        loop.engine.put(exited("a", 0));

        loop.settle();
        assertThat(loop.registry.writes()).isEmpty();
    }

    @Test
    void keepsWhatDidNotExitWithSuccessWhereThatIsAskedFor() {
        LoopHarness keeping = new LoopHarness(DeregisterPolicy.ON_SUCCESS, false, false);
        keeping.engine.put(runningSince("a", START));
        keeping.settle();
        keeping.engine.put(exited("a", 3));

        keeping.engine.die(id("a"), 3, END);

        assertThat(keeping.settle().ids()).containsExactly(A);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 130, 137, 143, 255})
    void removesWhatExitedWithSuccessOrByASignalWithTheEventOfItsEnd(int exitCode) {
        LoopHarness keeping = new LoopHarness(DeregisterPolicy.ON_SUCCESS, false, false);
        keeping.engine.put(runningSince("a", START));
        keeping.settle();
        // As with --rm: the container is gone by the time that it is looked at.
        keeping.engine.remove(id("a"));

        keeping.engine.die(id("a"), exitCode, END);
        keeping.step();
        // The write; the inspect is not answered yet.
        keeping.requests.removeFirst().run();

        assertThat(keeping.ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 126, 127})
    void removesWhatFailedAsSoonAsItsContainerIsRemoved(int exitCode) {
        LoopHarness keeping = new LoopHarness(DeregisterPolicy.ON_SUCCESS, false, false);
        keeping.engine.put(runningSince("a", START));
        keeping.settle();
        keeping.engine.put(exited("a", exitCode));
        keeping.engine.die(id("a"), exitCode, END);
        assertThat(keeping.settle().ids()).containsExactly(A);

        keeping.engine.destroy(id("a"));

        assertThat(keeping.settle().ids()).isEmpty();
    }

    @Test
    void removesWhatARestartFoundKeptAsSoonAsItsContainerIsRemoved() {
        LoopHarness keeping = new LoopHarness(DeregisterPolicy.ON_SUCCESS, false, false);
        keeping.registry.inner().register(stamped("a"));
        keeping.engine.put(container("a", ContainerState.DEAD, 1));
        assertThat(keeping.settle().ids()).containsExactly(A);

        keeping.engine.destroy(id("a"));

        assertThat(keeping.settle().ids()).isEmpty();
    }

    @Test
    void doesNotTakeADeadContainerForOneThatFailed() {
        LoopHarness keeping = new LoopHarness(DeregisterPolicy.ON_SUCCESS, false, false);
        keeping.engine.put(runningSince("a", START));
        keeping.settle();

        keeping.engine.change(container("a", ContainerState.DEAD, 143));

        assertThat(keeping.settle().ids()).isEmpty();
    }

    @Test
    void inspectsAStartingContainerOnce() {
        loop.settle();
        loop.engine.put(container("a", ContainerState.CREATED, 0));
        loop.engine.changeNetwork(id("a"));
        loop.step();
        loop.engine.change(running("a"));

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(1);
    }

    @Test
    void looksAtARunningContainerWhoseNetworksChange() {
        loop.engine.put(running("a"));
        loop.settle();

        loop.engine.changeNetwork(id("a"));

        loop.settle();
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(2);
    }

    @Test
    void looksAgainWhereANetworkChangesWhileItIsLookedAt() {
        loop.settle();
        loop.engine.change(running("a"));
        loop.step();
        loop.engine.changeNetwork(id("a"));

        loop.settle();
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(2);
    }

    @Test
    void inspectsAStoppingContainerOnce() {
        loop.engine.put(runningSince("a", START));
        loop.settle();

        loop.engine.signal(id("a"), 15);
        loop.engine.put(exited("a", 0));
        loop.engine.die(id("a"), 0, END);
        loop.step();
        loop.engine.changeNetwork(id("a"));

        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(2);
    }
}
