package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.ofAnotherInstance;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ServiceId;
import io.registrator.plan.DeregisterPolicy;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** TTL checks: who says that a service is well, when, and until when. */
class HeartbeatsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final LoopHarness loop = new LoopHarness();

    @Test
    void beatsAtOnceAndThenThriceInATtl() {
        loop.engine.put(beating("a"));

        assertThat(loop.settle().registry.heartbeats()).containsExactly(serviceId("a"));
        assertThat(loop.untilNextDue()).isLessThanOrEqualTo(INTERVAL);
        assertThat(loop.pass(INTERVAL.minusMillis(1)).registry.heartbeats()).hasSize(1);
        assertThat(loop.pass(Duration.ofMillis(1)).registry.heartbeats()).hasSize(2);
        assertThat(loop.pass(INTERVAL).registry.heartbeats()).hasSize(3);
    }

    @Test
    void leavesServicesAloneThatNeedNoBeat() {
        loop.engine.put(running("a"));
        loop.engine.put(container(
                "b", ContainerState.RUNNING, 0, "SERVICE_CHECK_TTL=30s", "SERVICE_CHECK_TTL_HEARTBEAT=false"));

        loop.settle().periodicPass();

        assertThat(loop.registry.heartbeats()).isEmpty();
    }

    @Test
    void goesOnBeatingForWhatWasRegisteredBeforeWeStarted() {
        loop.engine.put(beating("a"));
        loop.settle();
        LoopHarness restarted = new LoopHarness(loop);

        assertThat(restarted.settle().registry.heartbeats()).containsExactly(serviceId("a"));
        assertThat(restarted.registry.writes()).isEmpty();
    }

    @Test
    void stopsWithTheContainer() {
        LoopHarness keeping = new LoopHarness(DeregisterPolicy.NEVER, false, false);
        keeping.engine.put(beating("a"));
        keeping.settle();
        keeping.engine.change(exited("a", 1));

        keeping.settle().pass(INTERVAL).periodicPass();

        assertThat(keeping.ids()).containsExactly(serviceId("a"));
        assertThat(keeping.registry.heartbeats()).hasSize(1);
    }

    /** Whoever took the ID says himself how his service is. */
    @Test
    void stopsForAServiceThatSomebodyElseTook() {
        loop.engine.put(beating("a"));
        loop.settle();
        loop.registry.inner().register(ofAnotherInstance("a"));
        loop.periodicPass();
        assertThat(loop.observer.told).contains("conflict " + serviceId("a"));
        int before = loop.registry.heartbeats().size();

        loop.pass(INTERVAL).periodicPass().pass(INTERVAL);

        assertThat(loop.registry.heartbeats()).hasSize(before);
    }

    @Test
    void triesAgainSoonerAfterAFailureAndSaysWhenItIsOver() {
        loop.engine.put(beating("a"));
        loop.settle();
        loop.registry.fail(serviceId("a"), new Failure.Transient("timeout"));
        loop.pass(INTERVAL);
        loop.registry.fail(serviceId("a"), null);

        assertThat(loop.pass(Duration.ofSeconds(1)).registry.heartbeats()).hasSize(3);
        assertThat(loop.observer.told)
                .containsSubsequence(
                        "heartbeat failed " + serviceId("a") + " 1", "heartbeat recovered " + serviceId("a"));
    }

    @Test
    void looksAtOnceWhatIsWrongWhenTheRegistryHasNoSuchService() {
        loop.engine.put(beating("a"));
        loop.settle();
        var ignored = loop.registry.inner().deregister(new ServiceId(serviceId("a")), seen -> true);

        loop.pass(INTERVAL).pass(Duration.ofSeconds(1));

        assertThat(loop.ids()).containsExactly(serviceId("a"));
        assertThat(loop.registry.heartbeats())
                .as("once more after it was registered")
                .hasSize(3);
    }

    @Test
    void beatsForManyWithoutLettingOneWaitForAnother() {
        IntStream.range(0, 30).mapToObj(i -> beating("c" + i)).forEach(loop.engine::put);

        assertThat(loop.settle().registry.heartbeats()).hasSize(30).doesNotHaveDuplicates();
        assertThat(loop.pass(INTERVAL).registry.heartbeats()).hasSize(60);
    }

    @Test
    void isSilentWhileTheRegistryIsAway() {
        loop.engine.put(beating("a"));
        loop.settle();
        loop.registry.outage(new Failure.Transient("connection refused"));
        loop.periodicPass();
        int before = loop.registry.heartbeats().size();

        loop.pass(INTERVAL).pass(INTERVAL);
        assertThat(loop.registry.heartbeats()).hasSize(before);

        loop.registry.outage(null);
        assertThat(loop.pass(INTERVAL).registry.heartbeats()).hasSizeGreaterThan(before);
    }

    private static ContainerSnapshot beating(String name) {
        return container(name, ContainerState.RUNNING, 0, "SERVICE_NAME=" + name, "SERVICE_CHECK_TTL=30s");
    }
}
