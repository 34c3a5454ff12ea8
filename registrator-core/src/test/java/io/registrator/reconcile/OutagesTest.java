package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.model.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each outage of a peer has one beginning and one end, and both are told. */
class OutagesTest {
    private static final Failure SILENT = new Failure.Transient("no answer");
    private static final Failure REFUSED = new Failure.Transient("connection refused");
    private static final Failure ENDED = new Failure.Transient("it ended");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LoopHarness loop = new LoopHarness();

    @BeforeEach
    void start() {
        loop.engine.put(running("a"));
        loop.settle();
        assertThat(told("engine")).containsExactly("engine up after 0");
        loop.observer.told.clear();
    }

    @Test
    void aFrozenEngineIsNoticedAndItsThawToo() {
        loop.engine.freeze(SILENT);
        loop.pass(Duration.ofSeconds(6));
        assertThat(told("engine")).containsExactly("engine down: no answer");
        for (int seconds = 6; seconds < 42; seconds++) {
            loop.pass(SECOND);
        }
        loop.engine.freeze(null);

        loop.pass(SECOND).pass(SECOND).periodicPass();

        assertThat(told("engine")).hasSize(2).first().isEqualTo("engine down: no answer");
        assertThat(told("engine").getLast()).matches("engine up after 3[6-9]000");
        assertThat(loop.engine.subscriptions()).isOne();
    }

    @Test
    void aListingThatWorksAgainEndsWhatAListingBegan() {
        loop.engine.failList(SILENT);
        loop.periodicPass();
        assertThat(told("engine")).containsExactly("engine down: no answer");
        loop.pass(SECOND).pass(SECOND);

        loop.engine.failList(null);
        loop.pass(SECOND).pass(SECOND).pass(SECOND);

        assertThat(told("engine")).hasSize(2).last().asString().startsWith("engine up after ");
    }

    @Test
    void anAnswerToAnotherQuestionDoesNotEndIt() {
        loop.engine.failList(SILENT);
        loop.periodicPass().pass(Duration.ofSeconds(20));

        assertThat(told("engine")).containsExactly("engine down: no answer");
    }

    @Test
    void eachOtherCauseIsToldOnceAndNotForEver() {
        loop.engine.cut(ENDED);
        loop.engine.failSubscribe(REFUSED);
        loop.settle();
        for (int attempt = 0; attempt < 20; attempt++) {
            loop.pass(SECOND);
            loop.engine.failSubscribe(new Failure.Transient("refused for the " + attempt % 5 + ". reason"));
        }
        loop.engine.failSubscribe(null);
        loop.pass(SECOND).pass(SECOND);

        assertThat(told("engine"))
                .hasSize(4)
                .startsWith("engine down: it ended", "engine still down: connection refused");
        assertThat(told("engine").getLast()).startsWith("engine up");
    }

    @Test
    void aStreamThatEndsAndIsOpenedAtOnceIsLostAndBackOnceEach() {
        loop.pass(Duration.ofSeconds(10));
        loop.engine.cut(ENDED);
        loop.settle().pass(SECOND);

        assertThat(told("engine")).containsExactly("engine down: it ended", "engine up after 1000");
    }

    @Test
    void aStreamThatNeverLastsIsNotSaidToBeBackEachTime() {
        for (int stream = 0; stream < 20; stream++) {
            loop.pass(Duration.ofSeconds(3));
            loop.engine.cut(ENDED);
            loop.settle().pass(SECOND);
        }
        List<String> flapping = told("engine");
        assertThat(flapping).hasSize(3).last().isEqualTo("engine down: it ended");

        loop.pass(Duration.ofSeconds(5));

        assertThat(told("engine")).hasSize(4).last().asString().startsWith("engine up after ");
        assertThat(loop.ids()).containsExactly(serviceId("a"));
    }

    @Test
    void wakesByItselfToTellThatAStreamHasLasted() {
        for (int stream = 0; stream < 3; stream++) {
            loop.engine.cut(ENDED);
            loop.settle().pass(SECOND);
        }
        loop.observer.told.clear();

        for (int wake = 0; wake < 20; wake++) {
            loop.pass(loop.untilNextDue());
        }

        assertThat(told("engine")).singleElement().asString().startsWith("engine up after ");
    }

    @Test
    void aRegistryIsLostAndBackOnceEachToo() {
        loop.registry.outage(REFUSED);
        loop.periodicPass().pass(SECOND).pass(SECOND).periodicPass();
        loop.registry.outage(null);
        loop.pass(Duration.ofSeconds(5)).periodicPass();

        assertThat(told("registry")).hasSize(2).first().isEqualTo("registry down: connection refused");
        assertThat(told("registry").getLast()).startsWith("registry up after ");
    }

    /** Its socket was mounted from a file that is not there any more. */
    @Test
    void endsWithAnErrorWhenTheEngineCanNeverAnswerAgain() {
        loop.engine.loseForGood("mount it anew");
        assertThat(loop.periodicPass().isOver()).as("while it answers").isFalse();

        loop.engine.outage(REFUSED);
        loop.settle();

        assertThat(loop.isOver()).isTrue();
        assertThatThrownBy(loop::run).isInstanceOf(EngineLostException.class).hasMessage("mount it anew");
        assertThat(loop.ids()).containsExactly(serviceId("a"));
    }

    @Test
    void nothingIsToldOfAnEngineThatIsWell() {
        for (int seconds = 0; seconds < 60; seconds++) {
            loop.pass(SECOND);
        }
        loop.engine.destroy(id("a"));
        loop.settle();

        assertThat(told("engine")).isEmpty();
    }

    private List<String> told(String peer) {
        return loop.observer.told.stream().filter(line -> line.startsWith(peer)).toList();
    }
}
