package io.registrator.engine.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.testing.EngineProcess;
import io.registrator.testing.RecordingListener;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On an engine of its own, which is frozen, killed and started again. */
@EnabledIf("io.registrator.testing.EngineProcess#isAvailable")
final class DockerSourceOutageIT {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration SOON_AFTER = DEADLINE.plusSeconds(3);

    private final RecordingListener listener = new RecordingListener();
    private final EngineProcess engine = EngineProcess.start();
    private final DockerSource source =
            new DockerSource(DockerSettings.of(engine.host()).withDeadlines(DEADLINE, DEADLINE));

    @AfterEach
    void close() {
        source.close();
        engine.close();
    }

    @Test
    void givesUpOnAFrozenEngineAndGoesOnWhenItThaws() {
        var id = new ContainerId(engine.cli().run("--network", "none"));
        assertSuccess(source.inspect(id));
        engine.freeze();
        assertGivesUp(source::list);
        assertGivesUp(() -> source.inspect(id));
        assertGivesUp(() -> source.subscribe(listener));
        assertGivesUp(source::engine);
        engine.thaw();

        assertSuccess(source.list());
        assertSuccess(source.inspect(id));
        assertSuccess(source.subscribe(listener));
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void outlivesAnEngineThatIsKilled() {
        assertSuccess(source.list());
        assertSuccess(source.subscribe(listener));
        engine.kill();
        await().atMost(10, SECONDS).until(() -> !listener.ends().isEmpty());

        assertThat(source.list())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure().message()).contains("start the engine"));
        assertThat(listener.ends()).hasSize(1);

        engine.startAgain();
        assertSuccess(source.list());
        assertSuccess(source.subscribe(listener));
        var id = new ContainerId(engine.cli().run("--network", "none"));
        await().atMost(10, SECONDS).until(() -> listener.changes(id) > 0);
    }

    @Test
    void findsNoBridgeWhereThereIsNone() {
        assertThat(source.bridgeGateways()).isEqualTo(Outcome.success(ImmutableSet.of()));
    }

    private static void assertGivesUp(Supplier<Outcome<?>> call) {
        var watch = Stopwatch.createStarted();
        assertThat(call.get())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Transient.class));
        assertThat(watch.elapsed()).isLessThan(SOON_AFTER);
    }

    private static void assertSuccess(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
    }
}
