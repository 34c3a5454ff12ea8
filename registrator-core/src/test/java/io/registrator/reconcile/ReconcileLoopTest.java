package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import io.registrator.plan.DeregisterPolicy;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcileLoopTest {
    private static final Failure AWAY = new Failure.Transient("connection refused");
    private static final Failure BAD = new Failure.Rejected(400, "Invalid");

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
    void deregistersNothingBeforeTheEngineHasBeenListed() {
        loop.registry.register(stamped("a"));
        loop.engine.outage(AWAY);
        loop.settle().pass(Duration.ofSeconds(90));

        assertThat(loop.ids()).containsExactly(serviceId("a"));

        loop.engine.outage(null);
        assertThat(loop.pass(Duration.ofSeconds(5)).ids()).isEmpty();
    }

    @Test
    void keepsServicesWhileTheEngineIsUnreachable() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.outage(AWAY);

        loop.settle().periodicPass().periodicPass();

        assertThat(loop.ids()).containsExactly(serviceId("a"));
    }

    @Test
    void listsAgainAfterTheEngineIsBack() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.outage(AWAY);
        loop.settle();
        loop.engine.remove(id("a"));
        loop.engine.put(running("b"));
        loop.engine.outage(null);

        assertThat(loop.pass(Duration.ofSeconds(6)).ids()).containsExactly(serviceId("b"));
    }

    @Test
    void keepsTheServiceOfAContainerThatCannotBeInspected() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.failInspect(id("a"), AWAY);
        loop.engine.change(exited("a", 0));

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"));

        loop.engine.failInspect(id("a"), null);
        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).isEmpty();
    }

    @Test
    void oneInspectThatHangsDelaysNoOther() {
        loop.settle();
        loop.engine.change(running("slow"));
        loop.step();
        Runnable hanging = loop.requests.removeFirst();
        loop.engine.change(running("b"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("b"));

        hanging.run();
        assertThat(loop.settle().ids()).contains(serviceId("slow"));
    }

    @Test
    void retriesAWriteThatFailed() {
        loop.settle();
        loop.registry.fail(serviceId("a"), AWAY);
        loop.engine.change(running("a"));
        loop.settle();
        assertThat(loop.ids()).isEmpty();
        loop.registry.fail(serviceId("a"), null);

        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).containsExactly(serviceId("a"));
    }

    @Test
    void oneServiceThatFailsStopsNoOther() {
        loop.registry.fail(serviceId("a"), AWAY);
        loop.engine.put(running("a"));
        loop.engine.put(running("b"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("b"));
    }

    @Test
    void retriesARejectedWriteWithTheNextFullPassOnly() {
        loop.settle();
        loop.registry.fail(serviceId("a"), BAD);
        loop.engine.change(running("a"));
        loop.settle().pass(Duration.ofSeconds(20));
        assertThat(loop.registry.writes()).containsExactly("+" + serviceId("a"));

        loop.pass(Duration.ofSeconds(10));
        assertThat(loop.registry.writes()).hasSize(2);
    }

    @Test
    void retriesARejectedWriteWhenItsDefinitionChanges() {
        loop.settle();
        loop.registry.fail(serviceId("a"), BAD);
        loop.engine.change(running("a"));
        loop.settle();
        loop.registry.fail(serviceId("a"), null);
        loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_NAME=mended"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"));
    }

    @Test
    void writesNothingWhileTheRegistryIsUnreachable() {
        loop.settle();
        loop.registry.outage(AWAY);
        loop.periodicPass();
        loop.engine.change(running("a"));
        loop.settle();
        assertThat(loop.registry.writes()).isEmpty();

        loop.registry.outage(null);
        assertThat(loop.pass(Duration.ofSeconds(5)).ids()).containsExactly(serviceId("a"));
    }

    @Test
    void healsARegistryThatLostEverything() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.inner().deregister(new ServiceId(serviceId("a")), any -> true);

        assertThat(loop.periodicPass().ids()).containsExactly(serviceId("a"));
    }

    @Test
    void leavesForeignServicesAlone() {
        loop.registry.inner().register(definition("vault:8200", "vault"));
        loop.registry.inner().register(definition(serviceId("gone"), "left-by-predecessor"));

        assertThat(loop.settle().periodicPass().ids()).containsExactly(serviceId("gone"), "vault:8200");
    }

    @Test
    void cleansUpAfterAPredecessorOnlyWhenAskedTo() {
        LoopHarness cleaning = new LoopHarness(DeregisterPolicy.ALWAYS, true, false);
        cleaning.registry.inner().register(definition("vault:8200", "vault"));
        cleaning.registry.inner().register(definition(serviceId("gone"), "left-by-predecessor"));

        assertThat(cleaning.settle().ids()).containsExactly("vault:8200");
    }

    @Test
    void cleansUpOnlyAfterItKnowsEveryContainer() {
        LoopHarness cleaning = new LoopHarness(DeregisterPolicy.ALWAYS, true, false);
        cleaning.registry.inner().register(definition(serviceId("gone"), "left-by-predecessor"));
        cleaning.registry.inner().register(definition(serviceId("here"), "left-by-predecessor"));
        cleaning.engine.put(running("here"));

        assertThat(cleaning.settle().ids()).containsExactly(serviceId("here"));
        assertThat(cleaning.registry.writes()).containsExactly("+" + serviceId("here"), "-" + serviceId("gone"));
    }

    @Test
    void reportsAConflictOnceAndOverwritesNothing() {
        loop.registry.inner().register(definition("taken", "somebody-else"));
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
    void reconnectsAfterAGrowingWaitWhenTheStreamKeepsEnding() {
        loop.settle();
        for (int i = 0; i < 8; i++) {
            loop.engine.cut(AWAY);
            loop.settle();
        }
        assertThat(loop.engine.subscriptions()).isEqualTo(1);

        loop.pass(Duration.ofMillis(200));
        assertThat(loop.engine.subscriptions()).isEqualTo(2);

        loop.engine.cut(AWAY);
        loop.settle().pass(Duration.ofMillis(200));
        assertThat(loop.engine.subscriptions()).isEqualTo(2);
    }

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
        leaving.registry.inner().register(definition("vault:8200", "vault"));
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

    @Test
    void noticesAnotherDaemonWithItsNodeId() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.inner().register(stamped("a"));

        loop.periodicPass();

        assertThat(loop.observer.told).contains("contested " + serviceId("a"));
    }

    private static ServiceDefinition stamped(String name) {
        return definition(serviceId(name), name)
                .withMeta(ImmutableSortedMap.of(
                        "registrator-owner",
                        LoopHarness.NODE,
                        "registrator-container",
                        id(name).value(),
                        "registrator-hash",
                        "another"));
    }

    @Test
    void triesAgainSoonWhatWasForbidden() {
        loop.settle();
        loop.registry.fail(serviceId("a"), new Failure.Rejected(403, "Permission denied"));
        loop.engine.change(running("a"));
        loop.settle();
        loop.registry.fail(serviceId("a"), null);

        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).containsExactly(serviceId("a"));
    }

    @Test
    void triesAgainWhatWasRejectedOnceTheRegistryWasAway() {
        loop.settle();
        loop.registry.fail(serviceId("a"), BAD);
        loop.engine.change(running("a"));
        loop.settle();
        loop.registry.fail(serviceId("a"), null);
        loop.registry.outage(AWAY);
        loop.periodicPass();
        loop.registry.outage(null);

        assertThat(loop.pass(Duration.ofSeconds(2)).ids()).containsExactly(serviceId("a"));
    }

    private static ServiceDefinition definition(String id, String name) {
        return new ServiceDefinition(
                new ServiceId(id),
                name,
                ImmutableList.of(),
                "192.0.2.99",
                9999,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableList.of(),
                Weights.DEFAULT,
                false,
                null,
                running(name).ref());
    }
}
