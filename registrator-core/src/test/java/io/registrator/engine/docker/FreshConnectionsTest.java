package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.testing.engine.Answer;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.SimulatedEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FreshConnectionsTest {
    private static final String INSPECT = "/containers/ID/json";

    /** The HTTP client asks once more by itself. */
    private static final int OF_ONE_TRY = 2;

    private final SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_41);
    private final DockerSource source = new DockerSource(DockerSettings.of(engine.uri()));

    @AfterEach
    void close() {
        source.close();
        engine.close();
    }

    @Test
    void asksAgainAtOnceAfterTheEngineWasRestarted() {
        for (int i = 0; i < 3; i++) {
            assertThat(source.list()).isInstanceOf(Outcome.Success.class);
        }
        engine.stop();
        engine.startAgain();

        assertThat(source.list()).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void asksOnceWhoHangsUpOnFreshConnections() {
        engine.faults().answer("/containers/.+/json", Answer.hangUp());
        for (int i = 0; i < 10; i++) {
            assertThat(source.list()).isInstanceOf(Outcome.Success.class);
        }
        assertThat(inspectFails()).isTrue();
        long before = engine.requests(INSPECT);

        assertThat(inspectFails()).isTrue();
        assertThat(engine.requests(INSPECT)).isEqualTo(before + OF_ONE_TRY);
        assertThat(before).isLessThanOrEqualTo((10 + 1) * OF_ONE_TRY + 1);
    }

    private boolean inspectFails() {
        return source.inspect(new ContainerId("web")) instanceof Outcome.Failed<?>(var failure)
                && failure instanceof Failure.Transient;
    }
}
