package io.registrator.engine.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine answers, or does not, and what becomes of it. */
final class DockerSourceFaultTest extends WithFakeEngine {
    @ParameterizedTest
    @EnumSource
    void givesUpOnSilenceAndLeavesNothingOpen(Transport transport) {
        use(transport);
        losePatience();
        engine.answer(INSPECT, Reply.silence());
        engine.answer("/containers/json", Reply.silence());
        engine.answer("/events", Reply.silence());

        assertThat(transientMessage(source.inspect(WEB))).contains("did not answer within 2 s");
        assertThat(transientMessage(source.list())).contains("did not answer");
        assertThat(transientMessage(source.subscribe(listener))).contains("did not answer");
        awaitConnections(1);
        assertThat(streamThreads()).isZero();
    }

    /** On the caller's own thread, as the loop's requests are. */
    @ParameterizedTest
    @EnumSource
    void freesAVirtualCaller(Transport transport) throws Exception {
        use(transport);
        losePatience();
        engine.answer(INSPECT, Reply.silence());
        var call = new FutureTask<>(() -> source.inspect(WEB));
        Thread.startVirtualThread(call);

        assertThat(transientMessage(call.get(20, SECONDS))).contains("did not answer within 2 s");
        awaitConnections(0);
    }

    /** A byte now and then resets the timeouts of an HTTP client; a deadline holds all the same. */
    @ParameterizedTest
    @EnumSource
    void givesUpOnAnAnswerThatDoesNotEnd(Transport transport) {
        use(transport);
        losePatience();
        engine.answer("/containers/json", Reply.stream("[{\"Id\":"));

        assertThat(transientMessage(source.list())).contains("did not answer");
        awaitConnections(0);
    }

    @Test
    void answersOthersWhileOneHangs() throws InterruptedException {
        engine.answer(INSPECT, Reply.silence());
        engine.answer("/containers/json", Reply.of(200, "[]"));
        var hanging = ImmutableList.of(ask(), ask(), ask(), ask(), ask(), ask(), ask(), ask());
        await().atMost(10, SECONDS).until(() -> engine.openConnections() == hanging.size());

        assertThat(source.list()).isEqualTo(Outcome.success(ImmutableList.of()));
        for (var thread : hanging) {
            thread.interrupt();
            thread.join();
        }
        awaitConnections(1);
    }

    @ParameterizedTest
    @CsvSource({
        "409, false",
        "429, false",
        "500, false",
        "502, false",
        "503, false",
        "400, true",
        "401, true",
        "403, true"
    })
    void tellsApartWhatMayPassAndWhatWillNot(int status, boolean rejected) {
        engine.answer(INSPECT, Reply.of(status, "{\"message\":\"because\"}"));

        var failure = failure(source.inspect(WEB));
        assertThat(failure instanceof Failure.Rejected).isEqualTo(rejected);
        assertThat(failure.message()).contains("because", String.valueOf(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{\"message\":\"No such container: web\"}",
                "404|{\"cause\":\"no such container\",\"message\":\"no container with name or ID web\",\"response\":404}",
                "500|{\"cause\":\"no such container\",\"message\":\"container web does not exist\",\"response\":500}"
            })
    void takesTheEnginesWordThatAContainerIsGone(int status, String body) {
        engine.answer(INSPECT, Reply.of(status, body));

        assertThat(source.inspect(WEB)).isEqualTo(Outcome.success(Optional.empty()));
    }

    @Test
    void doesNotTakeAnyOtherTroubleForIt() {
        engine.answer(INSPECT, Reply.of(500, "{\"message\":\"cannot join network: No such container: other\"}"));

        assertThat(source.inspect(WEB)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void doesNotTakeAStrangers404ForTheEnginesWord() {
        engine.answer(INSPECT, Reply.of(404, "<html>Not here</html>"));

        assertThat(failure(source.inspect(WEB)))
                .isInstanceOfSatisfying(
                        Failure.Rejected.class,
                        failure -> assertThat(failure.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"Id\":\"1\",", "<html>hello</html>", "\u0001\u0002\u0003", "[{\"Id\":\"1\"} {]"})
    void takesBrokenJsonForAFaultThatMayPass(String body) {
        engine.answer("/containers/json", Reply.of(200, body));

        assertThat(transientMessage(source.list())).contains("broken JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"hm\"}", "[{\"Names\":[\"/web\"]}]", "[null]", "[{\"Id\":[]}]"})
    void refusesAListingOfAnotherShapeAsAWhole(String body) {
        engine.answer("/containers/json", Reply.of(200, body));

        assertThat(failure(source.list())).isInstanceOf(Failure.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"Id\":\"1\",\"Name\":\"/web\",\"Created\":\"yesterday\",\"State\":{\"Status\":\"running\"},"
                        + "\"Config\":{\"Image\":\"x\"}}",
                "{\"Id\":\"1\",\"Config\":{\"ExposedPorts\":{\"80/quic\":{}}}}",
                "{\"Id\":\"1\",\"NetworkSettings\":{\"Ports\":{\"80/tcp\":[null]}}}"
            })
    void refusesAnInspectOfAnotherShape(String body) {
        engine.answer(INSPECT, Reply.of(200, body));

        assertThat(failure(source.inspect(WEB))).isInstanceOf(Failure.Rejected.class);
    }

    /** It is that container's problem alone. */
    @Test
    void readsNoLongerAnswerIntoMemoryThanAContainerNeeds() {
        String huge = "{\"Id\":\"web\",\"Labels\":{\"huge\":\"" + "x".repeat(25_000_000) + "\"}}";
        engine.answer(INSPECT, Reply.of(200, huge));
        engine.answer("/containers/json", Reply.of(200, "[" + huge + "]"));

        assertThat(failure(source.inspect(WEB)))
                .isInstanceOfSatisfying(
                        Failure.Rejected.class,
                        failure -> assertThat(failure.message()).contains("more than 4194304 bytes"));
        assertThat(source.list())
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        rows -> assertThat((List<?>) rows.value()).hasSize(1));
    }

    @Test
    void takesACutConnectionForAFaultThatMayPass() {
        engine.answer("/containers/json", Reply.cutShort("[]    "));
        engine.answer(INSPECT, Reply.hangUp());

        assertThat(failure(source.list())).isInstanceOf(Failure.Transient.class);
        assertThat(failure(source.inspect(WEB))).isInstanceOf(Failure.Transient.class);
    }

    @Test
    void worksAgainAfterTheEngineCutAllConnections() {
        engine.answer("/containers/json", Reply.of(200, "[]"));
        assertThat(source.list()).isEqualTo(Outcome.success(ImmutableList.of()));
        engine.cut();
        awaitConnections(0);

        assertThat(source.list()).isEqualTo(Outcome.success(ImmutableList.of()));
    }

    @Test
    void asksInOneVersionOfTheApiWhenToldTo() {
        source.close();
        source = new DockerSource(settings().withApiVersion("1.41"));
        engine.answer("/v1.41/containers/json", Reply.of(200, "[]"));

        assertThat(source.list()).isEqualTo(Outcome.success(ImmutableList.of()));
    }

    private Thread ask() {
        return Thread.startVirtualThread(() -> assertThat(source.inspect(WEB)).isInstanceOf(Outcome.Failed.class));
    }
}
