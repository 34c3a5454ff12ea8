package io.registrator.docker;

import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource;
import io.registrator.reconcile.ContainerSourceContract;
import io.registrator.testing.DockerCli;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

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

    private static String unique(String name) {
        return name + "-" + Long.toHexString(System.nanoTime());
    }
}
