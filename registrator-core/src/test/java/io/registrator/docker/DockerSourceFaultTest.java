package io.registrator.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.EventStream;
import io.registrator.testing.RecordingListener;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerSourceFaultTest {
    /** Long enough for a busy machine to answer within. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    private static final ContainerId WEB = new ContainerId("web");
    private static final String INSPECT = "/containers/web/json";
    private static final String EVENT = "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"web\"}}\n";

    enum Transport {
        UNIX,
        TCP
    }

    private final RecordingListener listener = new RecordingListener();
    private FakeEngine engine = FakeEngine.onUnixSocket();
    private DockerSource source = connect();

    @AfterEach
    void close() {
        source.close();
        engine.close();
    }

    @ParameterizedTest
    @EnumSource
    void givesUpOnSilenceAndLeavesNothingOpen(Transport transport) {
        use(transport);
        losePatience();
        engine.answer(INSPECT, Reply.silence());
        engine.answer("/containers/json", Reply.silence());
        engine.answer("/events", Reply.silence());

        assertThat(transientMessage(source.inspect(WEB))).contains("did not answer within 1 s");
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

        assertThat(transientMessage(call.get(20, SECONDS))).contains("did not answer within 1 s");
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

        subscribe().close();
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
        assertThat(engine.requests().getLast()).contains("since=1699999979.000000000");

        awaitEnd();
        engine.answer("/_ping", Reply.dated("Tue, 14 Nov 2023 22:14:00 GMT"));
        subscribe();
        assertThat(engine.requests().getLast()).contains("since=1699999999.000000042");
    }

    @Test
    void keepsHealthChecksAwayAtTheEngine() {
        engine.answer("/events", Reply.stream(""));
        subscribe();

        assertThat(engine.requests().getLast())
                .contains("health_status", "container", "network")
                .doesNotContain("exec");
    }

    @Test
    void asksInOneVersionOfTheApiWhenToldTo() {
        source.close();
        source = new DockerSource(settings().withApiVersion("1.41"));
        engine.answer("/v1.41/containers/json", Reply.of(200, "[]"));

        assertThat(source.list()).isEqualTo(Outcome.success(ImmutableList.of()));
    }

    @Test
    void saysWhatToDoAboutAMissingSocket(@TempDir Path folder) {
        try (var nowhere = new DockerSource(DockerSettings.of(URI.create("unix://" + folder + "/docker.sock")))) {
            assertThat(transientMessage(nowhere.engine()))
                    .contains(folder + "/docker.sock", "start the engine", "mount");
        }
    }

    @Test
    void saysWhatToDoAboutAFolderInPlaceOfTheSocket(@TempDir Path folder) {
        try (var nowhere = new DockerSource(DockerSettings.of(URI.create("unix://" + folder)))) {
            assertThat(transientMessage(nowhere.engine())).contains("is a folder");
        }
    }

    @Test
    void saysWhatToDoAboutASocketThatNobodyListensOn(@TempDir Path folder) throws Exception {
        var socket = folder.resolve("docker.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(Files.exists(socket)).isTrue();
        try (var nowhere = new DockerSource(DockerSettings.of(URI.create("unix://" + socket)))) {
            assertThat(transientMessage(nowhere.engine())).contains("nobody listens there");
        }
    }

    @Test
    void saysTheGroupOfASocketThatItMayNotOpen(@TempDir Path folder) throws Exception {
        var socket = Files.createFile(folder.resolve("docker.sock"));

        assertThat(SocketAdvice.on(socket, "Permission denied"))
                .contains("group '" + Files.getAttribute(socket, "posix:group") + "'", "--group-add");
    }

    private void use(Transport transport) {
        if (transport == Transport.TCP) {
            close();
            engine = FakeEngine.onTcp();
            source = connect();
        }
    }

    private void losePatience() {
        source.close();
        source = connect(IMPATIENT);
    }

    private DockerSource connect() {
        return connect(PATIENT);
    }

    private DockerSource connect(Duration deadline) {
        return new DockerSource(DockerSettings.of(engine.uri()).withDeadlines(deadline, deadline));
    }

    private DockerSettings settings() {
        return DockerSettings.of(engine.uri()).withDeadlines(PATIENT, PATIENT);
    }

    private Thread ask() {
        return Thread.startVirtualThread(() -> assertThat(source.inspect(WEB)).isInstanceOf(Outcome.Failed.class));
    }

    private EventStream subscribe() {
        return switch (source.subscribe(listener)) {
            case Outcome.Success<EventStream>(var stream) -> stream;
            case Outcome.Failed<EventStream>(var failure) -> throw new AssertionError(failure);
        };
    }

    /** Connections that idle in the pool for the next call are open, too. */
    private void awaitConnections(int count) {
        await().atMost(10, SECONDS).until(() -> engine.openConnections() <= count);
    }

    private void awaitEnd() {
        await().atMost(10, SECONDS).until(() -> !listener.ends().isEmpty() && streamThreads() == 0);
        assertThat(listener.ends()).singleElement().isInstanceOf(Failure.Transient.class);
    }

    private static long streamThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("docker-events"))
                .count();
    }

    private static String transientMessage(Outcome<?> outcome) {
        var failure = failure(outcome);
        assertThat(failure).isInstanceOf(Failure.Transient.class);
        return failure.message();
    }

    private static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Success<?>(var value) -> throw new AssertionError("succeeded: " + value);
            case Outcome.Failed<?>(var failure) -> failure;
        };
    }
}
