package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.registrator.model.ContainerId;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource;
import io.registrator.reconcile.ContainerSourceContract;
import io.registrator.testing.PodmanProcess;
import io.registrator.testing.SocketRelay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On Podman's compatible socket. */
final class PodmanSourceIT extends ContainerSourceContract {
    private static @Nullable PodmanProcess podman;

    private final SocketRelay relay = SocketRelay.to(engine().cli().host());
    private final DockerSource source = new DockerSource(DockerSettings.of(relay.uri()));

    @BeforeAll
    static void start() {
        assumeThat(PodmanProcess.reasonAgainst()).isEmpty();
        podman = PodmanProcess.start();
    }

    @AfterAll
    static void stop() {
        if (podman != null) {
            podman.close();
        }
    }

    @AfterEach
    void close() {
        source.close();
        relay.close();
    }

    @Test
    void knowsTheEngine() {
        assertThat(source.engine())
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        told -> assertThat(told.toString()).contains("name=" + hostName()));
        assertThat(source.bridgeGateways()).isInstanceOf(Outcome.Success.class);
    }

    @Override
    protected ContainerSource source() {
        return source;
    }

    @Override
    protected ContainerId run(String name) {
        return new ContainerId(engine().cli()
                .docker(
                        "run",
                        "--detach",
                        "--stop-signal",
                        "KILL",
                        "--network",
                        "none",
                        "--name",
                        unique(name),
                        PodmanProcess.BUSYBOX));
    }

    @Override
    protected void stop(ContainerId id) {
        engine().cli().docker("kill", id.value());
        engine().cli().docker("wait", id.value());
    }

    @Override
    protected void pause(ContainerId id) {
        engine().cli().docker("pause", id.value());
    }

    @Override
    protected void rename(ContainerId id, String name) {
        engine().cli().docker("rename", id.value(), unique(name));
    }

    @Override
    protected void remove(ContainerId id) {
        engine().cli().remove(id.value());
    }

    @Override
    protected void cutStreams() {
        relay.cut();
    }

    private static String hostName() {
        return engine().cli().docker("info", "--format", "{{.Name}}");
    }

    private static PodmanProcess engine() {
        if (podman == null) {
            throw new IllegalStateException("not started");
        }
        return podman;
    }

    private static String unique(String name) {
        return name + "-" + Long.toHexString(System.nanoTime());
    }
}
