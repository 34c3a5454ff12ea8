package io.registrator.engine.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.EventStream;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's events, whole, broken and missing. */
final class EventStreamTest extends WithFakeEngine {
    private static final String EVENT = "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"web\"}}\n";

    @ParameterizedTest
    @EnumSource
    void reportsEventsUntilTheStreamEnds(Transport transport) {
        use(transport);
        engine.answer("/events", Reply.cutStream(EVENT + EVENT));

        subscribe();
        awaitEnd();
        assertThat(listener.changes()).containsExactly(WEB, WEB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"Type\":\"container\",\"Act", "<html>hello</html>", "\u0000\u0001\u00ff", "\"text\"", "[1]"})
    void endsTheStreamOnceOnGarbage(String garbage) {
        engine.answer("/events", Reply.endedStream(EVENT + garbage));

        subscribe();
        awaitEnd();
        assertThat(listener.changes()).containsExactly(WEB);
    }

    /** Nothing more comes, and the engine does not close the connection: that alone must not keep the stream. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Type\":\"container\",\"Act",
                "{\"Type\":\"container\",\"Action\":\"unfinished",
                "<html>hello</html>",
                "\u0000\u0001\u00ff",
                "\"text\"",
                "[1]",
                "{]}"
            })
    void endsTheStreamOnGarbageThatFallsSilent(String garbage) {
        losePatience();
        engine.answer("/events", Reply.stream(EVENT + garbage));

        subscribe();
        awaitEnd();
        assertThat(listener.changes()).containsExactly(WEB);
        awaitConnections(1);
    }

    /** Half an event, and whole ones after it: none of them can be told from it. */
    @Test
    void endsTheStreamWithTheLineThatBeganWithHalfAnEvent() {
        engine.answer("/events", Reply.stream(EVENT + "{\"Type\":\"container\",\"Act" + EVENT));

        subscribe();
        awaitEnd();
        assertThat(listener.changes()).containsExactly(WEB);
    }

    @Test
    void triesHardlyMoreThanOnceToOpenAStreamThatIsHungUpOn() {
        engine.answer("/events", Reply.hangUp());

        assertThat(failure(source.subscribe(listener))).isInstanceOf(Failure.Transient.class);
        assertThat(engine.requests().stream().filter(target -> target.startsWith("/events")))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void endsTheStreamOnAPageInsteadOfEvents() {
        engine.answer("/events", Reply.of(200, "<!DOCTYPE html><html>hello</html>"));

        subscribe();
        awaitEnd();
        assertThat(listener.ends())
                .singleElement()
                .satisfies(end -> assertThat(end.message()).contains("broken JSON"));
    }

    @Test
    void hearsAnEventThatArrivesInPiecesOrWithoutALine() {
        engine.answer("/events", Reply.stream(" \r\n" + EVENT.strip() + EVENT.strip()));

        subscribe();
        await().atMost(10, SECONDS).until(() -> listener.changes().size() == 2);
    }

    @Test
    void endsTheStreamWhenTheEngineDoes() {
        engine.answer("/events", Reply.endedStream(""));

        subscribe();
        awaitEnd();
        assertThat(listener.ends())
                .singleElement()
                .satisfies(end -> assertThat(end.message()).contains("ended its event stream"));
    }

    @ParameterizedTest
    @EnumSource
    void opensAStreamBeforeItsFirstEvent(Transport transport) {
        use(transport);
        engine.answer("/events", Reply.stream(""));

        var stream = subscribe();
        assertThat(streamThreads()).isPositive();
        stream.close();
        awaitConnections(1);
        await().atMost(10, SECONDS).until(() -> streamThreads() == 0);
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void leavesAQuietStreamOpenPastAllDeadlines() {
        losePatience();
        engine.answer("/events", Reply.stream(""));
        engine.answer(INSPECT, Reply.silence());
        subscribe();

        assertThat(failure(source.inspect(WEB))).isInstanceOf(Failure.Transient.class);
        assertThat(failure(source.inspect(WEB))).isInstanceOf(Failure.Transient.class);
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void saysNothingWhenItIsClosedItself() {
        engine.answer("/events", Reply.stream(EVENT));
        subscribe();
        source.close();

        awaitConnections(0);
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void saysNothingOfAStreamThatWasRefused() {
        engine.answer("/events", Reply.of(400, "{\"message\":\"bad since\"}"));

        assertThat(failure(source.subscribe(listener))).isInstanceOf(Failure.Rejected.class);
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void asksForAReplayFromTheLastEventOn() {
        engine.answer("/_ping", Reply.dated("Tue, 14 Nov 2023 22:13:00 GMT"));
        engine.answer(
                "/events",
                Reply.cutStream(EVENT.replace("}}", "},\"time\":1700000000,\"timeNano\":1700000000000000042}")));
        subscribe();
        assertThat(engine.requests().getLast()).contains("since=1699996379.000000000");

        awaitEnd();
        engine.answer("/_ping", Reply.dated("Tue, 14 Nov 2023 22:14:00 GMT"));
        subscribe();
        assertThat(engine.requests().getLast()).contains("since=1699999999.000000042");
    }

    /** An engine tells all labels of a container with each of its events. */
    @Test
    void hearsOfAContainerWhoseLabelsAreHuge() {
        var labels =
                new StringBuilder("\"one\":\"").append("x".repeat(25_000_000)).append('"');
        for (int i = 0; i < 11; i++) {
            labels.append(",\"label")
                    .append(i)
                    .append("\":\"")
                    .append("x".repeat(100_000))
                    .append('"');
        }
        var event = EVENT.replace("\"web\"", "\"web\",\"Attributes\":{" + labels + "}");
        engine.answer("/events", Reply.stream(event + EVENT));

        subscribe();
        await().atMost(30, SECONDS).until(() -> listener.changes().size() == 2);
        assertThat(listener.ends()).isEmpty();
    }

    /** It would be replayed for ever. What it said is in the listing that follows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Type\":\"container\",\"Action\":{},\"Actor\":{\"ID\":\"web\"}}\n",
                "{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"web\",\"Attributes\":{\"exitCode\":[]}}}\n",
                "{\"Type\":\"container\",\"timeNano\":99999999999999999999999999}\n",
                "{\"Type\":\"container\",}\n"
            })
    void beginsAfterAnEventThatCannotBeRead(String unreadable) {
        engine.answer("/_ping", Reply.dated("Tue, 14 Nov 2023 22:13:00 GMT"));
        engine.answer("/events", Reply.stream(EVENT.replace("}}", "},\"timeNano\":1700000000000000042}") + unreadable));
        subscribe();
        awaitEnd();
        assertThat(listener.changes()).containsExactly(WEB);

        engine.answer("/_ping", Reply.dated("Tue, 14 Nov 2023 22:14:00 GMT"));
        subscribe();
        assertThat(engine.requests().getLast()).contains("since=1700000039.000000000");
    }

    @Test
    void givesUpAStreamThatIsClosedBeforeItIsOpen() throws Exception {
        engine.answer("/events", Reply.silence());
        var opening = new FutureTask<>(() -> source.subscribe(listener));
        Thread.startVirtualThread(opening);
        await().atMost(10, SECONDS)
                .until(() -> engine.requests().stream().anyMatch(target -> target.startsWith("/events")));
        source.close();

        assertThat(failure(opening.get(10, SECONDS))).isInstanceOf(Failure.Transient.class);
        assertThat(listener.ends()).isEmpty();
        awaitConnections(0);
    }

    @Test
    void keepsHealthChecksAwayAtTheEngine() {
        engine.answer("/events", Reply.stream(""));
        subscribe();

        assertThat(engine.requests().getLast())
                .contains("health_status", "container", "network")
                .doesNotContain("exec");
    }

    private EventStream subscribe() {
        return switch (source.subscribe(listener)) {
            case Outcome.Success<EventStream>(var stream) -> stream;
            case Outcome.Failed<EventStream>(var failure) -> throw new AssertionError(failure);
        };
    }

    private void awaitEnd() {
        await().atMost(10, SECONDS).until(() -> !listener.ends().isEmpty() && streamThreads() == 0);
        assertThat(listener.ends()).singleElement().isInstanceOf(Failure.Transient.class);
    }
}
