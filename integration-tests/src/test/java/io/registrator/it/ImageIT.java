package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that the Dockerfile makes. */
class ImageIT {
    private static final String IMAGE = "registrator-test/registrator:it";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 90_000_000;
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();

    private final TestContainers containers = TestContainers.ofWeb();
    private final TestContainers daemons = new TestContainers(DOCKER, IMAGE);
    private final TestContainers consuls = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path log = Files.createTempFile("image", ".log");
        Process build = new ProcessBuilder(
                        Path.of("../scripts/build-image.sh").toAbsolutePath().toString(), IMAGE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(build.waitFor(20, TimeUnit.MINUTES))
                .as(Files.readString(log))
                .isTrue();
        assertThat(build.exitValue()).as(Files.readString(log)).isZero();
    }

    @AfterEach
    void removeContainers() {
        daemons.close();
        containers.close();
        consuls.close();
    }

    @Test
    void doesItsJobWithNothingButTheSocketAndItsGroup() throws Exception {
        String consul = consuls.runCommand("consul", List.of(), "agent", "-dev", "-client", "0.0.0.0");
        Agent agent = new Agent(consuls.address(consul) + ":8500");
        Await.until(
                "Consul has a leader",
                SOON,
                () -> agent.get("/v1/status/leader").contains(":"));

        String daemon = daemons.runCommand(
                "daemon",
                List.of(
                        "-v=" + socket(),
                        "--group-add=" + socketGroup(),
                        "--read-only",
                        "--cap-drop=ALL",
                        "--security-opt=no-new-privileges",
                        "--health-interval=1s"),
                "-node-id",
                "image",
                "-deregister-on-exit",
                "-filter",
                containers.filter(),
                "-ip",
                containers.gateway(),
                agent.uri());
        String web = containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=image-web");

        agent.awaitIds("image", containers.prefix(), List.of("image:" + web + ":8080"), SOON);
        Await.until("the check passes", SOON, () -> agent.passing("image-web") == 1);
        Await.until("the container is healthy", SOON, () -> health(daemon).equals("healthy"));
        assertEndsOnStop(daemon);
        agent.awaitIds("image", containers.prefix(), List.of(), SOON);
    }

    /** As users of gliderlabs/registrator run it. */
    @Test
    void doesItsJobAsRootOnTheHostsNetwork() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running()) {
            Agent agent = Agent.of(consul);
            String daemon = daemons.runCommand(
                    "daemon",
                    List.of("--net=host", "-u=0", "-v=" + socket()),
                    "-node-id",
                    "image-host",
                    "-filter",
                    containers.filter(),
                    agent.uri());
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

    @Test
    void saysWhichGroupIsMissing() throws Exception {
        String daemon = daemons.runCommand(
                "daemon", List.of("-v=" + socket()), "-ip", "192.0.2.1", "-retry-attempts", "1", "memory:");

        Await.until("it gives up", SOON, () -> state(daemon).equals("exited"));

        assertThat(DOCKER.docker("logs", daemon)).contains("--group-add " + socketGroup(), "-u 0");
    }

    /** A cache that does not fit is an error with this option, and only slow without. */
    @Test
    void startsFromItsAotCache() {
        assertThat(DOCKER.docker("run", "--rm", "--env=_JAVA_OPTIONS=-XX:AOTMode=on", IMAGE, "--version"))
                .contains("registrator " + System.getProperty("registrator.version"));
    }

    @Test
    void isSmall() {
        long bytes = Long.parseLong(DOCKER.docker("image", "inspect", "--format", "{{.Size}}", IMAGE));
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void isHealthyWithAFreshSignOfLifeOnly(@TempDir Path folder) throws Exception {
        Path sign = folder.resolve("registrator-health");
        assertThat(isHealthy(folder)).as("without a file").isFalse();

        Files.createFile(sign);
        assertThat(isHealthy(folder)).as("with a new file").isTrue();

        Files.setLastModifiedTime(sign, FileTime.from(Instant.now().minusSeconds(90)));
        assertThat(isHealthy(folder)).as("with an old file").isFalse();
    }

    /** The image's own check on a folder in place of the one in memory. */
    private static boolean isHealthy(Path memory) throws IOException, InterruptedException {
        JsonArray check = JsonParser.parseString(
                        DOCKER.docker("inspect", "--format", "{{json .Config.Healthcheck.Test}}", IMAGE))
                .getAsJsonArray();
        List<String> command =
                new ArrayList<>(List.of("docker", "--host", DOCKER.host().toString(), "run", "--rm"));
        command.addAll(List.of("-u=0", "-v=" + memory + ":/dev/shm:ro"));
        command.addAll(List.of("--entrypoint=" + check.get(1).getAsString(), IMAGE));
        for (int word = 2; word < check.size(); word++) {
            command.add(check.get(word).getAsString());
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the check ends").isTrue();
        return process.exitValue() == 0;
    }

    private static String health(String container) {
        return DOCKER.docker("inspect", "--format", "{{.State.Health.Status}}", container);
    }

    private static String state(String container) {
        return DOCKER.docker("inspect", "--format", "{{.State.Status}}", container);
    }

    private static Object socketGroup() throws IOException {
        return Files.getAttribute(Path.of(DOCKER.host().getPath()), "unix:gid");
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
