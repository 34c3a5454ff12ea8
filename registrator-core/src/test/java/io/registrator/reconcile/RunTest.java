package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.HOST;
import static io.registrator.reconcile.LoopHarness.NODE;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import io.registrator.registry.memory.InMemoryRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The loop on a thread of its own, as the daemon runs it. After the first pass its clock is set back: nothing is due for an hour,
 * so that it sleeps a minute at a time, and whatever happens sooner happens because somebody woke it.
 */
class RunTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeContainerSource engine = new FakeContainerSource();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private volatile Instant now = Instant.EPOCH.plus(Duration.ofHours(1));
    private final AtomicInteger bugs = new AtomicInteger();
    private final AtomicInteger passes = new AtomicInteger();
    private final List<RuntimeException> errors = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ReconcileLoop loop = new ReconcileLoop(
            engine,
            registry,
            HostAddressSource.none(),
            target -> Prober.Answer.ACCEPTS,
            new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build()),
            new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false)),
            new LoopSettings(Duration.ofMinutes(10), Duration.ofSeconds(3), false, Duration.ofSeconds(60)),
            new LoopRuntime(() -> now, workers, () -> 0),
            new Observer());
    private final Thread thread = new Thread(loop::run, "loop");

    /** Fails as often as {@link #bugs} says, when a pass begins. */
    private final class Observer implements ReconcileObserver {
        @Override
        public void passStarted() {
            if (bugs.getAndDecrement() > 0) {
                throw new IllegalStateException("a bug");
            }
        }

        @Override
        public void passCompleted(PassSummary summary) {
            passes.incrementAndGet();
        }

        @Override
        public void internalError(RuntimeException error) {
            errors.add(error);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        thread.join(SOON);
        workers.close();
        assertThat(thread.isAlive()).as("the loop has ended").isFalse();
    }

    @Test
    void isWokenByAnEvent() {
        start();

        engine.change(running("a"));

        await().atMost(SOON).untilAsserted(() -> assertThat(ids()).containsExactly(serviceId("a")));
    }

    @Test
    void isWokenByTheEndOfAContainer() {
        engine.put(running("a"));
        start();
        await().atMost(SOON).untilAsserted(() -> assertThat(ids()).hasSize(1));

        engine.destroy(id("a"));

        await().atMost(SOON).untilAsserted(() -> assertThat(ids()).isEmpty());
    }

    @Test
    void sleepsWhereNothingHappens() {
        engine.put(running("a"));
        start();
        await().atMost(SOON).untilAsserted(() -> assertThat(ids()).hasSize(1));

        await().atMost(SOON).untilAsserted(() -> assertThat(thread.getState()).isEqualTo(Thread.State.TIMED_WAITING));
    }

    @Test
    void outlivesErrorsOfItsOwn() {
        bugs.set(2);
        engine.put(running("a"));

        thread.start();

        await().atMost(SOON).untilAsserted(() -> assertThat(ids()).containsExactly(serviceId("a")));
        assertThat(errors).hasSize(2).allSatisfy(error -> assertThat(error).hasMessage("a bug"));
    }

    @Test
    void endsWhenItIsInterrupted() throws InterruptedException {
        start();

        thread.interrupt();
        thread.join(SOON);

        assertThat(thread.isAlive()).isFalse();
        assertThat(engine.openStreams()).isZero();
    }

    @Test
    void endsWhenItIsStoppedAndClosesItsStream() throws InterruptedException {
        start();
        assertThat(engine.openStreams()).isEqualTo(1);

        loop.stop();
        thread.join(SOON);

        assertThat(thread.isAlive()).isFalse();
        assertThat(engine.openStreams()).isZero();
    }

    /** Until the first pass is over and the loop has begun its long sleep. */
    private void start() {
        thread.start();
        await().atMost(SOON).untilAsserted(() -> assertThat(passes).hasPositiveValue());
        now = Instant.EPOCH;
        AtomicInteger steps = new AtomicInteger();
        loop.afterNextStep(steps::incrementAndGet);
        await().atMost(SOON).untilAsserted(() -> assertThat(steps).hasPositiveValue());
    }

    private List<String> ids() {
        Outcome<ImmutableMap<ServiceId, ObservedService>> listed = registry.list();
        return ((Outcome.Success<ImmutableMap<ServiceId, ObservedService>>) listed)
                .value().keySet().stream().map(ServiceId::value).sorted().toList();
    }
}
