package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.checked;
import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event stream that is open and tells nothing. */
class SilentStreamTest {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String SILENT = "engine down: its event stream told nothing of containers that have changed";

    private final LoopHarness loop = new LoopHarness();

    @BeforeEach
    void start() {
        loop.engine.put(running("a"));
        loop.settle();
    }

    @Test
    void isOpenedAnewWhenAChangeHasWaitedInVainForItsEvent() {
        loop.engine.put(exited("a", 0));
        loop.periodicPass();
        assertThat(loop.ids()).isEmpty();
        assertThat(loop.engine.subscriptions()).isOne();

        loop.pass(GRACE);

        assertThat(loop.observer.told).containsOnlyOnce(SILENT);
        assertThat(loop.engine.subscriptions()).isEqualTo(2);
        assertThat(loop.engine.openStreams()).isOne();
    }

    @Test
    void wakesByItselfAtTheEndOfTheGrace() {
        loop.engine.put(exited("a", 0));
        loop.periodicPass();

        assertThat(loop.untilNextDue()).isEqualTo(GRACE);
    }

    @Test
    void noticesNewContainersAndLostOnesToo() {
        loop.engine.put(running("b"));
        loop.periodicPass().pass(GRACE);
        loop.periodicPass();
        loop.engine.remove(id("b"));
        loop.periodicPass().pass(GRACE);

        assertThat(loop.observer.told).filteredOn(SILENT::equals).hasSize(2);
        assertThat(loop.ids()).containsExactly(serviceId("a"));
    }

    @Test
    void isLeftAloneWhenTheEventIsOnlyLate() {
        loop.engine.put(exited("a", 0));
        loop.periodicPass().pass(GRACE.minusMillis(1));
        loop.engine.emit(id("a"));
        loop.pass(GRACE);

        assertThat(loop.engine.subscriptions()).isOne();
    }

    @Test
    void isLeftAloneWhenEventsComeBeforeTheListing() {
        loop.engine.change(exited("a", 0));
        loop.settle().periodicPass().pass(GRACE).periodicPass().pass(GRACE);

        assertThat(loop.engine.subscriptions()).isOne();
    }

    /** The listing was asked for before the change, its answer came after the event. */
    @Test
    void isLeftAloneWhenAnEventOvertakesAListing() {
        loop.pass(Duration.ofSeconds(29));
        loop.engine.change(exited("a", 0));
        loop.settle();
        loop.periodicPass().pass(GRACE).periodicPass().pass(GRACE);

        assertThat(loop.engine.subscriptions()).isOne();
    }

    @Test
    void givesEachChangeItsOwnWholeGrace() {
        loop.engine.put(exited("a", 0));
        loop.periodicPass().pass(Duration.ofSeconds(2));
        loop.engine.emit(id("a"));
        loop.engine.put(running("b"));
        loop.pass(Duration.ofSeconds(28)).pass(GRACE.minusMillis(1));
        assertThat(loop.engine.subscriptions()).isOne();

        loop.pass(Duration.ofMillis(1));
        assertThat(loop.engine.subscriptions()).isEqualTo(2);
    }

    @Test
    void expectsNoEventOfWhatIsOnlyCreatedOrShownOtherwise() {
        loop.engine.put(container("new", ContainerState.CREATED, 0));
        loop.periodicPass().pass(GRACE);

        assertThat(loop.engine.subscriptions()).isOne();
    }

    /** As when it is garbled: half JSON, or an error page. */
    @Test
    void aStreamThatAlwaysEndsCostsAReconnectASecond() {
        for (int tenth = 0; tenth < 200; tenth++) {
            loop.engine.cut(new Failure.Transient("broken JSON"));
            loop.pass(Duration.ofMillis(100));
        }

        assertThat(loop.engine.subscriptions()).isBetween(15, 25);
        assertThat(loop.engine.listings()).isLessThan(30);
    }

    @Test
    void doesNotCountWhatHappenedWhileNoStreamWasOpen() {
        loop.engine.cut(new Failure.Transient("gone"));
        ContainerSnapshot stopped = exited("a", 0);
        loop.engine.put(stopped);
        loop.pass(Duration.ofSeconds(1)).pass(GRACE);

        assertThat(loop.engine.subscriptions()).isEqualTo(2);
        assertThat(loop.ids()).isEmpty();
    }

    /** Neither an event nor a listing tells of it: it is seen whenever something else is looked at. */
    @Test
    void takesTheLastWordsOfAHealthcheckForNoChange() {
        loop.engine.change(checked("a", ContainerHealth.HEALTHY, "up for 1 s"));
        loop.settle();
        for (int seconds = 2; seconds < 5; seconds++) {
            loop.engine.put(checked("a", ContainerHealth.HEALTHY, "up for " + seconds + " s"));
            loop.periodicPass().pass(GRACE);
        }

        assertThat(loop.observer.told).doesNotContain(SILENT);
        assertThat(loop.engine.subscriptions()).isOne();
    }

    /** A listing shows the start before it is over; the engine answers an inspect, and tells of it, when it is. */
    @Test
    void isLeftAloneWhileAStartTakesLong() {
        loop.engine.put(container("slow", ContainerState.CREATED, 0));
        loop.periodicPass();
        loop.engine.put(running("slow"));
        loop.elapse(Duration.ofSeconds(30));
        loop.step();
        loop.answer();
        loop.step();

        loop.elapse(GRACE.multipliedBy(3));
        loop.step();
        assertThat(loop.observer.told).doesNotContain(SILENT);
        loop.settle().pass(GRACE.minusMillis(1));
        loop.engine.emit(id("slow"));

        assertThat(loop.pass(GRACE).observer.told).doesNotContain(SILENT);
        assertThat(loop.engine.subscriptions()).isOne();
    }

    /** Engines tell of a removal when it is over, and some show it as gone before that. */
    @ParameterizedTest
    @EnumSource(
            value = ContainerState.class,
            names = {"REMOVING", "DEAD"})
    void isLeftAloneWhileARemovalTakesLong(ContainerState state) {
        loop.engine.change(exited("a", 0));
        loop.settle().periodicPass().periodicPass();
        loop.engine.put(container("a", state, 0));
        loop.periodicPass().pass(GRACE);
        loop.engine.remove(id("a"));
        loop.periodicPass().pass(GRACE);

        assertThat(loop.observer.told).doesNotContain(SILENT);
        assertThat(loop.engine.subscriptions()).isOne();
    }
}
