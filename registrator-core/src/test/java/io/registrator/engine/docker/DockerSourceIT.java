package io.registrator.engine.docker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerId;
import io.registrator.model.Outcome;
import io.registrator.model.StopPolicy;
import io.registrator.reconcile.ContainerSource;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.EventStream;
import io.registrator.reconcile.ContainerSourceContract;
import io.registrator.reconcile.EngineEvent.Signalled;
import io.registrator.testing.DockerCli;
import io.registrator.testing.RecordingListener;
import io.registrator.testing.SocketRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On this machine's engine. Its event streams pass through a relay, which can be cut. */
final class DockerSourceIT extends ContainerSourceContract {
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();

    private final SocketRelay relay = SocketRelay.to(DOCKER.host());
    private final DockerSource source = new DockerSource(DockerSettings.of(relay.uri()));
    private final List<String> containers = new ArrayList<>();

    @BeforeAll
    static void importImage() {
        DOCKER.importBusybox();
    }

    @AfterEach
    void cleanUp() {
        source.close();
        relay.close();
        containers.forEach(DOCKER::remove);
    }

    @Test
    void neverLosesAnEventRightAfterTheSubscription() {
        var id = run("web");
        for (var round = 1; round <= 50; round++) {
            var listener = new RecordingListener();
            try (var direct = new DockerSource(DockerSettings.of(DOCKER.host()));
                    var _ = subscribe(direct, listener)) {
                rename(id, "round");
                await("round " + round).atMost(10, SECONDS).until(() -> listener.changes(id) > 0);
            }
        }
    }

    @Test
    void hearsOfNetworksAndOfNoHealthChecks() {
        var network = unique("network");
        DOCKER.docker("network", "create", network);
        try {
            var id = run("web");
            var listener = new RecordingListener();
            try (var direct = new DockerSource(DockerSettings.of(DOCKER.host()))) {
                DOCKER.docker("network", "disconnect", "none", id.value());
                var _ = subscribe(direct, listener);
                var before = settled(listener, id);
                DOCKER.docker("exec", id.value(), "/bin/busybox", "true");
                DOCKER.docker("top", id.value());
                DOCKER.docker("network", "connect", network, id.value());
                await().atMost(10, SECONDS).until(() -> listener.changes(id) > before);
                assertThat(listener.changes(id)).isEqualTo(before + 1);
                DOCKER.docker("network", "disconnect", network, id.value());
                await().atMost(10, SECONDS).until(() -> listener.changes(id) > before + 1);
            }
        } finally {
            containers.forEach(DOCKER::remove);
            DOCKER.docker("network", "rm", network);
        }
    }

    @Test
    void hearsOfHealth() {
        var listener = new RecordingListener();
        try (var _ = subscribe(source, listener)) {
            var id = new ContainerId(
                    DOCKER.run("--network", "none", "--health-cmd", "/bin/busybox true", "--health-interval", "100ms"));
            containers.add(id.value());
            await().atMost(20, SECONDS).until(() -> health(id) == ContainerHealth.UNHEALTHY);
            await().atMost(10, SECONDS).until(() -> listener.changes(id) > 1);
        }
    }

    @Test
    void hearsOfTheSignalThatAsksAContainerToStop() {
        var listener = new RecordingListener();
        try (var _ = subscribe(source, listener)) {
            var id =
                    new ContainerId(DOCKER.run("--network", "none", "--stop-signal", "SIGUSR1", "--stop-timeout", "1"));
            containers.add(id.value());
            var shown = success(source.inspect(id)).orElseThrow();
            assertThat(shown.stop()).isEqualTo(new StopPolicy(10, Duration.ofSeconds(1)));

            DOCKER.docker("stop", id.value());

            await().atMost(10, SECONDS).until(() -> !signals(listener, id).isEmpty());
            var signal = signals(listener, id).getFirst();
            assertThat(signal.number()).isEqualTo(10);
            assertThat(signal.at()).isAfter(shown.startedAt());
        }
    }

    @Test
    void knowsTheEngineAndItsBridge() {
        assertThat(success(source.engine()).name()).isEqualTo(DOCKER.docker("info", "--format", "{{.Name}}"));
        assertThat(success(source.engine()).apiVersion())
                .isEqualTo(DOCKER.docker("version", "--format", "{{.Server.APIVersion}}"));
        assertThat(success(source.bridgeGateways())).isNotEmpty();
    }

    @Override
    protected ContainerSource source() {
        return source;
    }

    @Override
    protected ContainerId run(String name) {
        var id = DOCKER.run("--name", unique(name), "--network", "none");
        containers.add(id);
        return new ContainerId(id);
    }

    @Override
    protected void stop(ContainerId id) {
        DOCKER.docker("kill", id.value());
        DOCKER.docker("wait", id.value());
    }

    @Override
    protected void pause(ContainerId id) {
        DOCKER.docker("pause", id.value());
    }

    @Override
    protected void rename(ContainerId id, String name) {
        DOCKER.docker("rename", id.value(), unique(name));
    }

    @Override
    protected void remove(ContainerId id) {
        DOCKER.remove(id.value());
    }

    @Override
    protected void cutStreams() {
        relay.cut();
    }

    /** How many changes were heard once those before the subscription have been replayed. */
    private long settled(RecordingListener listener, ContainerId id) {
        rename(id, "mark");
        await().atMost(10, SECONDS).until(() -> listener.changes(id) > 0);
        rename(id, "mark");
        return await().during(500, MILLISECONDS)
                .atMost(10, SECONDS)
                .until(() -> listener.changes(id), count -> count > 1);
    }

    private static List<Signalled> signals(RecordingListener listener, ContainerId id) {
        return listener.events(Signalled.class).stream()
                .filter(signal -> signal.container().equals(id))
                .toList();
    }

    private ContainerHealth health(ContainerId id) {
        return success(source.inspect(id)).orElseThrow().health().health();
    }

    private static EventStream subscribe(DockerSource source, EventListener listener) {
        return success(source.subscribe(listener));
    }

    private static <T> T success(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure);
        };
    }

    private static String unique(String name) {
        return name + "-" + Long.toHexString(System.nanoTime());
    }
}
