package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Command;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import io.registrator.testing.EngineProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image in a container that outlives a restart of its engine, with the engine's socket mounted as a file. */
class OrphanSocketIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    /** From the engine's first answer. */
    private static final Duration FOLLOWS = Duration.ofSeconds(15);

    private static String image = "";

    @BeforeAll
    static void build() throws IOException {
        image = RegistratorImage.build();
    }

    @Test
    void endsSoThatItsRestartPolicyMountsTheNewSocket() throws Exception {
        try (ConsulAgentProcess consul =
                        ConsulAgentProcess.running("addresses { http = \"127.0.0.1 unix://$DIR/http.sock\" }");
                EngineProcess engine = EngineProcess.start("--live-restore");
                TestContainers containers = new TestContainers(engine.cli(), DockerCli.BUSYBOX)) {
            load(engine);
            Command.of("chmod", "755", consul.folder().toString()).output();
            Command.of("chmod", "666", consul.folder() + "/http.sock").output();
            String daemon = new TestContainers(engine.cli(), image)
                    .runCommand(
                            "daemon",
                            List.of(
                                    "--network=none",
                                    "--restart=always",
                                    "--volume=" + engine.host().getPath() + ":/tmp/docker.sock",
                                    "--volume=" + consul.folder() + ":/consul"),
                            "-node-id=orphan",
                            "-ip=192.0.2.1",
                            "-register-on=start",
                            "consul-unix:///consul/http.sock");
            String before = containers.run("before", "--network", "host", "--expose", "9000");
            Agent agent = Agent.of(consul);
            agent.awaitIds("orphan", containers.prefix(), List.of("orphan:" + before + ":9000"), SOON);

            engine.stop();
            engine.startAgain();
            long answered = System.nanoTime();
            engine.cli().docker("rm", "--force", before);
            String after = containers.run("after", "--network", "host", "--expose", "9000");
            Duration left = FOLLOWS.minusNanos(System.nanoTime() - answered);

            agent.awaitIds("orphan", containers.prefix(), List.of("orphan:" + after + ":9000"), left);
            assertThat(engine.cli().docker("inspect", "--format", "{{.RestartCount}}", daemon))
                    .as("starts by the restart policy")
                    .isNotEqualTo("0");
        }
    }

    private static void load(EngineProcess engine) {
        String pipe = "docker --host %s save %s | docker --host %s load"
                .formatted(DockerCli.ofThisMachine().host(), image, engine.host());
        Command.of("sh", "-c", pipe).within(Duration.ofMinutes(2)).output();
    }
}
