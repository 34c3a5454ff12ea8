package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.renamed;
import static io.registrator.reconcile.LoopHarness.runningSince;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The inspect that is asked before a start, and whose answer the engine holds back until then. */
class EarlyInspectsTest {
    private static final String A = serviceId("a");
    private static final Instant CONNECTED = Instant.EPOCH.plusSeconds(60);
    private static final Instant BEGUN = CONNECTED.plusMillis(150);
    private static final Instant TOLD = BEGUN.plusMillis(1);

    private final LoopHarness loop = new LoopHarness();

    EarlyInspectsTest() {
        loop.settle();
        loop.engine.put(container("a", ContainerState.CREATED, 0));
    }

    @Test
    void takesAnAnswerThatComesAfterTheEvent() {
        connect();
        loop.engine.put(runningSince("a", BEGUN));
        loop.engine.start(id("a"), TOLD);
        loop.step();

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(1);
    }

    @Test
    void takesAnAnswerThatComesBeforeTheEvent() {
        connect();
        loop.engine.put(runningSince("a", BEGUN));
        assertThat(loop.settle().ids()).containsExactly(A);

        loop.engine.start(id("a"), TOLD);

        loop.settle();
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(1);
    }

    @Test
    void looksAgainAfterAStartThatTheAnswerCameTooEarlyFor() {
        connect();
        loop.settle();
        loop.engine.put(runningSince("a", BEGUN));
        loop.engine.start(id("a"), TOLD);

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void looksAgainWhereTheEventCameBeforeAnAnswerThatDoesNotShowTheStart() {
        connect();
        loop.engine.start(id("a"), TOLD);
        loop.step();
        loop.answer();
        loop.engine.put(runningSince("a", BEGUN));

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void looksAgainWhereItFailed() {
        loop.engine.failInspect(id("a"), new Failure.Transient("no answer within 10 s"));
        connect();
        loop.engine.start(id("a"), TOLD);
        loop.step();
        loop.answer();
        loop.engine.failInspect(id("a"), null);
        loop.engine.put(runningSince("a", BEGUN));

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    /** Nobody had asked for it yet: there is nothing to complain of. */
    @Test
    void saysNothingOfAFailureBeforeTheStart() {
        loop.engine.failInspect(id("a"), new Failure.Transient("no answer within 10 s"));
        int told = loop.observer.told.size();
        connect();
        loop.settle();

        assertThat(loop.observer.told).hasSize(told);
    }

    @Test
    void doesNotTakeTheRunBefore() {
        connect();
        loop.engine.put(runningSince("a", CONNECTED.minusSeconds(5)));
        loop.engine.start(id("a"), TOLD);
        loop.step();
        loop.answer();
        loop.engine.put(runningSince("a", BEGUN));

        loop.settle();
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(2);
    }

    @Test
    void looksAgainAtWhatChangesBeforeTheStart() {
        connect();
        loop.engine.change(container("a", ContainerState.CREATED, 0, "SERVICE_NAME=other"));
        loop.step();
        loop.engine.put(renamed(runningSince("a", BEGUN), "b"));
        loop.engine.start(id("a"), TOLD);

        assertThat(loop.settle().ids()).containsExactly(serviceId("b"));
    }

    @Test
    void looksAgainAtWhatChangesAfterTheStart() {
        connect();
        loop.engine.put(runningSince("a", BEGUN));
        loop.engine.start(id("a"), TOLD);
        loop.step();
        loop.answer();
        loop.engine.change(renamed(runningSince("a", BEGUN), "b"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("b"));
        assertThat(loop.engine.inspections(id("a"))).isEqualTo(2);
    }

    @Test
    void registersNothingThatHasEndedAgain() {
        connect();
        loop.engine.put(runningSince("a", BEGUN));
        loop.engine.start(id("a"), TOLD);
        loop.engine.die(id("a"), 1, TOLD.plusMillis(5));
        loop.step();
        loop.answer();
        loop.engine.put(exited("a", 1));

        loop.settle();
        assertThat(loop.registry.writes()).isEmpty();
    }

    @Test
    void looksAtTheNextRunAfterOneThatItHasShown() {
        connect();
        loop.engine.put(runningSince("a", BEGUN));
        loop.settle();
        loop.engine.die(id("a"), 0, TOLD);
        loop.engine.put(exited("a", 0));
        loop.settle();
        loop.engine.put(runningSince("a", TOLD.plusSeconds(1)));
        loop.engine.start(id("a"), TOLD.plusSeconds(2));

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void looksAtTheNextRunAlsoWhereTheLastOneEndedDuringAnInspect() {
        connect();
        loop.engine.put(runningSince("a", BEGUN));
        loop.engine.start(id("a"), TOLD);
        loop.step();
        loop.settle();
        loop.engine.emit(id("a"));
        loop.step();
        loop.engine.die(id("a"), 0, TOLD.plusSeconds(1));
        loop.engine.put(exited("a", 0));
        assertThat(loop.settle().ids()).isEmpty();

        loop.engine.put(runningSince("a", TOLD.plusSeconds(2)));
        loop.engine.start(id("a"), TOLD.plusSeconds(3));

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void asksForFewAtATime() {
        for (int i = 0; i < 20; i++) {
            loop.engine.connect(id("c" + i), CONNECTED);
        }
        loop.step();

        assertThat(loop.requests).hasSize(8);
    }

    private void connect() {
        loop.engine.connect(id("a"), CONNECTED);
        loop.step();
    }
}
