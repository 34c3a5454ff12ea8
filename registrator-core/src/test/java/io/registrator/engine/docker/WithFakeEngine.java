package io.registrator.engine.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.testing.RecordingListener;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A source, and an engine before it that answers as it is told. */
abstract class WithFakeEngine {
    /** Long enough for a busy machine to answer within. */
    static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Duration IMPATIENT = Duration.ofSeconds(2);

    static final ContainerId WEB = new ContainerId("web");
    static final String INSPECT = "/containers/web/json";

    enum Transport {
        UNIX,
        TCP
    }

    final RecordingListener listener = new RecordingListener();
    FakeEngine engine = FakeEngine.onUnixSocket();
    DockerSource source = connect();

    @AfterEach
    void close() {
        source.close();
        engine.close();
    }

    void use(Transport transport) {
        if (transport == Transport.TCP) {
            close();
            engine = FakeEngine.onTcp();
            source = connect();
        }
    }

    void losePatience() {
        source.close();
        source = connect(IMPATIENT);
    }

    private DockerSource connect() {
        return connect(PATIENT);
    }

    private DockerSource connect(Duration deadline) {
        return new DockerSource(DockerSettings.of(engine.uri()).withDeadlines(deadline, deadline));
    }

    DockerSettings settings() {
        return DockerSettings.of(engine.uri()).withDeadlines(PATIENT, PATIENT);
    }

    /** Connections that idle in the pool for the next call are open, too. */
    void awaitConnections(int count) {
        await().atMost(10, SECONDS).until(() -> engine.openConnections() <= count);
    }

    static long streamThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("docker-java-stream"))
                .count();
    }

    static String transientMessage(Outcome<?> outcome) {
        var failure = failure(outcome);
        assertThat(failure).isInstanceOf(Failure.Transient.class);
        return failure.message();
    }

    static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Success<?>(var value) -> throw new AssertionError("succeeded: " + value);
            case Outcome.Failed<?>(var failure) -> failure;
        };
    }
}
