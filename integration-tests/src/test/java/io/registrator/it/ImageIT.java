package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image that the Dockerfile makes. */
class ImageIT {
    private static final String IMAGE = "registrator-test/registrator:it";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();

    private final TestContainers containers = TestContainers.ofWeb();
    private final TestContainers daemons = new TestContainers(DOCKER, IMAGE);
    private final TestContainers consuls = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(
                        Path.of("../scripts/build-image.sh").toAbsolutePath().toString(), IMAGE)
                .redirectErrorStream(true)
                .start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as(output).isZero();
    }

    @AfterEach
    void removeContainers() {
        daemons.close();
        containers.close();
        consuls.close();
    }

    @Test
    void doesItsJobWithNothingButTheSocket() throws Exception {
        String consul = consuls.runCommand("consul", List.of(), "agent", "-dev", "-client", "0.0.0.0");
        Agent agent = new Agent(consuls.address(consul) + ":8500");
        Await.until(
                "Consul has a leader",
                SOON,
                () -> agent.get("/v1/status/leader").contains(":"));

        String daemon = daemons.runCommand(
                "daemon", List.of("-v", socket()), "-node-id", "image", "-ip", containers.gateway(), agent.uri());
        String web = containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=image-web");

        agent.awaitIds("image", containers.prefix(), List.of("image:" + web + ":8080"), SOON);
        Await.until("the check passes", SOON, () -> agent.passing("image-web") == 1);
        assertEndsOnStop(daemon);
    }

    @Test
    void doesItsJobOnTheHostsNetwork() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running()) {
            Agent agent = Agent.of(consul);
            String daemon = daemons.runCommand(
                    "daemon", List.of("--net=host", "-v", socket()), "-node-id", "image-host", agent.uri());
            String web = containers.run("web", "-p", "8080");

            agent.awaitIds("image-host", containers.prefix(), List.of("image-host:" + web + ":8080"), SOON);
            assertThat(agent.service("image-host:" + web + ":8080")
                            .get("Address")
                            .getAsString())
                    .doesNotStartWith("127.")
                    .isNotEqualTo("0.0.0.0");
            assertEndsOnStop(daemon);
        }
    }

    private static void assertEndsOnStop(String daemon) {
        DOCKER.docker("stop", "--time", "5", daemon);
        String exitCode = DOCKER.docker("inspect", "--format", "{{.State.ExitCode}}", daemon);
        assertThat(exitCode).as(DOCKER.docker("logs", daemon)).isEqualTo("143");
    }

    private static String socket() {
        return DOCKER.host().getPath() + ":/tmp/docker.sock";
    }
}
