package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static io.registrator.reconcile.LoopHarness.stamped;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ServiceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of services when the engine or the registry does not answer, or refuses. */
class FailureHandlingTest {
    private static final Failure AWAY = new Failure.Transient("connection refused");
    private static final Failure BAD = new Failure.Rejected(400, "Invalid");

    private final LoopHarness loop = new LoopHarness();

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

    @Test
    void takesItsOwnWriteWhoseAnswerWasLostForNobodyElses() {
        loop.engine.put(running("a"));
        loop.settle().pass(Duration.ofSeconds(10));
        loop.registry.inner().register(stamped("a"));
        loop.registry.fail(serviceId("a"), AWAY);
        loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_NAME=renewed"));
        loop.settle();
        loop.registry.fail(serviceId("a"), null);

        loop.periodicPass();

        assertThat(loop.observer.told).doesNotContain("contested " + serviceId("a"));
        assertThat(loop.service(serviceId("a")).name()).isEqualTo("renewed");
    }
}
