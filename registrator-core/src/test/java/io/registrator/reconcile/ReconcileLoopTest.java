package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.NODE;
import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static io.registrator.reconcile.LoopHarness.sharing;
import static io.registrator.reconcile.LoopHarness.stamped;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerState;
import io.registrator.plan.DeregisterPolicy;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is registered, and what is not any more, where all answer. */
class ReconcileLoopTest {
    private final LoopHarness loop = new LoopHarness();

    @Test
    void registersWhatRunsAtStart() {
        loop.engine.put(running("a"));
        loop.engine.put(running("b"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"), serviceId("b"));
        assertThat(loop.observer.passes).containsExactly(new PassSummary(2, 2, 0));
    }

    /** What is inspected while the registry is busy anyway takes the machine from it. */
    @Test
    void inspectsNoFasterThanItCanWrite() {
        for (int i = 0; i < 200; i++) {
            loop.engine.put(running("c" + i));
        }
        int mostAhead = 0;
        for (int round = 0; round < 50; round++) {
            loop.step();
            loop.answer();
            mostAhead =
                    Math.max(mostAhead, inspected(200) - loop.registry.writes().size());
        }

        assertThat(mostAhead).isBetween(16, 48);
        assertThat(loop.settle().ids()).hasSize(200);
    }

    @Test
    void losesNothingThatHappensWhileWritesAreBehind() {
        for (int i = 0; i < 200; i++) {
            loop.engine.put(running("c" + i));
        }
        for (int round = 0; round < 10; round++) {
            loop.step();
            loop.answer();
        }
        loop.engine.change(running("late"));
        for (int i = 0; i < 200; i += 2) {
            loop.engine.change(exited("c" + i, 0));
        }

        assertThat(loop.settle().ids()).hasSize(101).contains(serviceId("late"), serviceId("c199"));
    }

    private int inspected(int containers) {
        return IntStream.range(0, containers)
                .map(i -> loop.engine.inspections(id("c" + i)))
                .sum();
    }

    @Test
    void registersWhatStartsLater() {
        loop.settle();
        loop.engine.change(running("a"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"));
    }

    @Test
    void deregistersWhatStopped() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.change(exited("a", 0));

        assertThat(loop.settle().ids()).isEmpty();
    }

    @Test
    void deregistersWhatWasRemoved() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.destroy(id("a"));

        assertThat(loop.settle().ids()).isEmpty();
    }

    @Test
    void doesNotTryAgainAtOnceWhatWasSkipped() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.skip(serviceId("a"));
        loop.engine.change(exited("a", 0));

        loop.settle();
        assertThat(loop.registry.writes()).containsOnlyOnce("-" + serviceId("a"));

        for (int second = 0; second < 20; second++) {
            loop.pass(Duration.ofSeconds(1));
        }
        assertThat(loop.registry.writes())
                .filteredOn(write -> write.startsWith("-"))
                .hasSizeBetween(2, 6);
    }

    /** Engines say the other's ID; a name is as good. */
    @ParameterizedTest
    @ValueSource(strings = {"holder", "id-of-holder"})
    void deregistersWhatSharesTheNetworkOfOneThatIsGone(String holder) {
        loop.engine.put(running("holder"));
        loop.engine.put(sharing("sharing", holder));
        assertThat(loop.settle().ids()).contains(serviceId("sharing"));

        loop.engine.destroy(id("holder"));

        assertThat(loop.settle().ids()).isEmpty();
    }

    @Test
    void writesNothingOverAnUnchangedState() {
        loop.engine.put(running("a"));
        loop.settle();
        int written = loop.registry.writes().size();

        loop.periodicPass().periodicPass();

        assertThat(loop.registry.writes()).hasSize(written);
        assertThat(loop.observer.passes).hasSize(3);
    }

    @Test
    void inspectsOnlyWhatChangedInAPeriodicPass() {
        loop.engine.put(running("a"));
        loop.engine.put(running("b"));
        loop.settle();
        loop.engine.put(container("b", ContainerState.RUNNING, 0, "SERVICE_NAME=other"));

        loop.periodicPass();

        assertThat(loop.engine.inspections(id("a"))).isEqualTo(1);
        assertThat(loop.engine.inspections(id("b"))).isEqualTo(2);
        assertThat(loop.service(serviceId("b")).name()).isEqualTo("other");
    }

    /** The listing before and the listing after are the same. */
    @Test
    void findsWhatBecameAgainWhatItWasWithoutAnEvent() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.change(exited("a", 0));
        assertThat(loop.settle().ids()).isEmpty();
        loop.engine.put(running("a"));

        assertThat(loop.periodicPass().ids()).containsExactly(serviceId("a"));
    }

    @Test
    void findsWhatNoEventToldOf() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.remove(id("a"));
        loop.engine.put(running("b"));

        assertThat(loop.periodicPass().ids()).containsExactly(serviceId("b"));
    }

    @Test
    void looksAgainAtWhatIsMarkedDuringItsInspect() {
        loop.settle();
        loop.engine.change(running("a"));
        loop.step();
        loop.engine.change(exited("a", 0));
        loop.answer();

        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(2);
    }

    @Test
    void leavesForeignServicesAlone() {
        loop.registry.inner().register(foreign("vault:8200", "vault"));
        loop.registry.inner().register(foreign(serviceId("gone"), "left-by-predecessor"));

        assertThat(loop.settle().periodicPass().ids()).containsExactly(serviceId("gone"), "vault:8200");
    }

    @Test
    void cleansUpAfterAPredecessorOnlyWhenAskedTo() {
        LoopHarness cleaning = new LoopHarness(DeregisterPolicy.ALWAYS, true, false);
        cleaning.registry.inner().register(foreign("vault:8200", "vault"));
        cleaning.registry.inner().register(foreign(serviceId("gone"), "left-by-predecessor"));

        assertThat(cleaning.settle().ids()).containsExactly("vault:8200");
    }

    @Test
    void cleansUpOnlyAfterItKnowsEveryContainer() {
        LoopHarness cleaning = new LoopHarness(DeregisterPolicy.ALWAYS, true, false);
        cleaning.registry.inner().register(foreign(serviceId("gone"), "left-by-predecessor"));
        cleaning.registry.inner().register(foreign(serviceId("here"), "left-by-predecessor"));
        cleaning.engine.put(running("here"));

        assertThat(cleaning.settle().ids()).containsExactly(serviceId("here"));
        assertThat(cleaning.registry.writes()).containsExactly("+" + serviceId("here"), "-" + serviceId("gone"));
    }

    /** Whether we refuse it, leave it out on request, or know nothing of its port. */
    @Test
    void cleansUpNothingOfARunningContainerThatGivesNoServiceOfOurs() {
        LoopHarness cleaning = new LoopHarness(DeregisterPolicy.ALWAYS, true, false);
        cleaning.registry.inner().register(foreign(serviceId("a"), "left-by-predecessor"));
        cleaning.registry.inner().register(foreign(serviceId("ignored"), "left-by-predecessor"));
        cleaning.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_CHECK_INTERVAL=abc"));
        cleaning.engine.put(container("ignored", ContainerState.RUNNING, 0, "SERVICE_IGNORE=true"));

        assertThat(cleaning.settle().periodicPass().ids()).containsExactly(serviceId("a"), serviceId("ignored"));

        cleaning.engine.destroy(id("a"));
        assertThat(cleaning.settle().periodicPass().ids()).containsExactly(serviceId("ignored"));
        cleaning.engine.change(exited("ignored", 0));
        assertThat(cleaning.settle().periodicPass().ids()).isEmpty();
    }

    @Test
    void cleansUpWhatAFormerContainerOfTheSameNameHadOnAnotherPort() {
        LoopHarness cleaning = new LoopHarness(DeregisterPolicy.ALWAYS, true, false);
        cleaning.registry.inner().register(foreign(NODE + ":ignored:81", "left-by-predecessor"));
        cleaning.registry.inner().register(foreign(NODE + ":ignored:80:udp", "left-by-predecessor"));
        cleaning.engine.put(container("ignored", ContainerState.RUNNING, 0, "SERVICE_IGNORE=true"));

        assertThat(cleaning.settle().periodicPass().ids()).isEmpty();
    }

    @Test
    void reportsAConflictOnceAndOverwritesNothing() {
        loop.registry.inner().register(foreign("taken", "somebody-else"));
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=taken"));

        loop.settle().periodicPass();

        assertThat(loop.observer.told).containsOnlyOnce("conflict taken");
        assertThat(loop.service("taken").name()).isEqualTo("somebody-else");
    }

    @Test
    void keepsTheServiceOfAFailedContainerWhenOnlySuccessDeregisters() {
        LoopHarness careful = new LoopHarness(DeregisterPolicy.ON_SUCCESS, false, false);
        careful.engine.put(running("failed"));
        careful.engine.put(running("done"));
        careful.settle();
        careful.engine.change(exited("failed", 1));
        careful.engine.change(exited("done", 0));

        assertThat(careful.settle().periodicPass().ids()).containsExactly(serviceId("failed"));
    }

    @Test
    void noticesAnotherDaemonWithItsNodeId() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.inner().register(stamped("a"));

        loop.periodicPass();

        assertThat(loop.observer.told).contains("contested " + serviceId("a"));
    }
}
