package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.Command;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image that the Dockerfile makes. */
class ImageIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 100_000_000;
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();

    private static String image = "";

    private int started;
    private final TestContainers containers = TestContainers.ofWeb();
    private final TestContainers daemons = new TestContainers(DOCKER, image);
    private final TestContainers consuls = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));

    @BeforeAll
    static void build() throws IOException {
        image = RegistratorImage.build();
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
                        "--user=65532",
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
        assertCommandsKnowTheDaemon(daemon, web, "image:" + web + ":8080");
        assertEndsOnStop(daemon);
        agent.awaitIds("image", containers.prefix(), List.of(), SOON);
    }

    /** As users of gliderlabs/registrator run it: as root, which it does not stay. */
    @Test
    void doesItsJobOnTheHostsNetwork() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running()) {
            Agent agent = Agent.of(consul);
            String daemon = daemons.runCommand(
                    "daemon",
                    List.of("--net=host", "-v=" + socket(), "--health-interval=1s"),
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
            assertThat(identities(daemon)).containsExactly("65532 65532 " + groups(socketGroup(), 65532));
            assertThat(DOCKER.docker("logs", daemon))
                    .contains(
                            "runs as user 65532 instead of root, with group " + socketGroup() + " of /tmp/docker.sock");
            Await.until("the container is healthy", SOON, () -> health(daemon).equals("healthy"));
            assertCommandsKnowTheDaemon(daemon, web, "image-host:" + web + ":8080");
            assertEndsOnStop(daemon);
        }
    }

    @Test
    void runsCommandsAsTheDaemon() throws Exception {
        String daemon = daemon(List.of("-v=" + socket(), "--init"));
        String other = daemon(List.of("-v=" + socket(), "--user=12345", "--group-add=" + socketGroup()));

        for (String container : List.of(daemon, other)) {
            DOCKER.docker(
                    "exec", "--detach", container, "registrator", "-ip", "192.0.2.1", "-check", "none", "memory:");
            Await.until("a second Java", SOON, () -> identities(container).size() == 2);
        }

        assertThat(identities(daemon)).containsOnly("65532 65532 " + groups(socketGroup(), 65532));
        assertThat(identities(other)).containsOnly("12345 0 " + groups(socketGroup(), 0));
        DOCKER.docker("stop", "--time", "5", daemon);
        assertThat(DOCKER.docker("inspect", "--format", "{{.State.ExitCode}}", daemon))
                .isEqualTo("143");
    }

    @Test
    void goesOnAsRootWithoutTheCapabilitiesToChangeAndSaysWhatToDo() throws Exception {
        String daemon =
                daemon(List.of("-v=" + socket(), "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"));

        assertThat(identities(daemon)).containsExactly("0 0 0");
        assertThat(DOCKER.docker("logs", daemon))
                .contains("runs as root: ", "SETUID and SETGID", "--user 65532 --group-add " + socketGroup());
    }

    @Test
    void needsTwoCapabilitiesToChange() throws Exception {
        String daemon = daemon(List.of(
                "-v=" + socket(),
                "--read-only",
                "--cap-drop=ALL",
                "--cap-add=SETUID",
                "--cap-add=SETGID",
                "--security-opt=no-new-privileges"));

        assertThat(identities(daemon)).containsExactly("65532 65532 " + groups(socketGroup(), 65532));
        assertEndsOnStop(daemon);
    }

    /** With an engine's socket of this owner and mode, mounted by its folder, and a token file of this mode. */
    @ParameterizedTest
    @CsvSource({
        "root:root, 660, 644, 65532 65532 0 65532, with group 0 of",
        "root:4321, 660, 644, 65532 65532 4321 65532, with group 4321 of",
        "root:4321, 666, 644, 65532 65532 65532, instead of root",
        "root:4321, 600, 644, 0 0 0, 'could not use /host/docker.sock, with its group neither'",
        "root:4321, 660, 600, 0 0 0, 'could not use /host/token, with its group neither'",
    })
    void takesTheGroupThatHelpsAndStaysRootWhereNoneDoes(
            String owner, String mode, String tokenMode, String identity, String said) throws Exception {
        try (EngineProxy engine = new EngineProxy(DOCKER.host(), (method, path) -> true)) {
            Path socket = Path.of(engine.uri().getPath());
            String folder = String.valueOf(socket.getParent());
            Path token = Files.writeString(socket.resolveSibling("token"), "secret");
            Command.of("chmod", "755", folder).output();
            Command.of("chmod", tokenMode, token.toString()).output();
            Command.of("chown", owner, socket.toString()).output();
            Command.of("chmod", mode, socket.toString()).output();

            String daemon = daemon(List.of(
                    "-v=" + folder + ":/host",
                    "-e=DOCKER_HOST=unix:///host/docker.sock",
                    "-e=CONSUL_HTTP_TOKEN_FILE=/host/token"));

            assertThat(identities(daemon)).containsExactly(identity);
            assertThat(DOCKER.docker("logs", daemon)).contains(said);
            Files.delete(token);
        }
    }

    @Test
    void saysWhichGroupIsMissing() throws Exception {
        String daemon = daemons.runCommand(
                "daemon",
                List.of("-v=" + socket(), "--user=65532"),
                "-ip",
                "192.0.2.1",
                "-retry-attempts",
                "1",
                "memory:");

        Await.until("it gives up", SOON, () -> state(daemon).equals("exited"));

        assertThat(DOCKER.docker("logs", daemon)).contains("--group-add " + socketGroup(), "-u 0");
    }

    /** A cache that does not fit is an error with this option, and only slow without. */
    @Test
    void startsFromItsAotCache() {
        assertThat(DOCKER.docker("run", "--rm", "--env=_JAVA_OPTIONS=-XX:AOTMode=on", image, "--version"))
                .contains("registrator " + System.getProperty("registrator.version"));
    }

    @Test
    void isSmall() {
        long bytes = Long.parseLong(DOCKER.docker("image", "inspect", "--format", "{{.Size}}", image));
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
                        DOCKER.docker("inspect", "--format", "{{json .Config.Healthcheck.Test}}", image))
                .getAsJsonArray();
        List<String> command =
                new ArrayList<>(List.of("docker", "--host", DOCKER.host().toString(), "run", "--rm"));
        command.addAll(List.of("-v=" + memory + ":/dev/shm:ro"));
        command.addAll(List.of("--entrypoint=" + check.get(1).getAsString(), image));
        for (int word = 2; word < check.size(); word++) {
            command.add(check.get(word).getAsString());
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the check ends").isTrue();
        return process.exitValue() == 0;
    }

    /** Though its options are on its command line alone. */
    private static void assertCommandsKnowTheDaemon(String daemon, String web, String id) {
        assertThat(DOCKER.docker("exec", daemon, "registrator", "explain", web)).contains("is registered as", id);
        assertThat(DOCKER.docker("exec", daemon, "registrator", "list")).contains(id);
        assertThat(DOCKER.docker("exec", daemon, "registrator", "plan")).contains("nothing to do: 1 in sync");
        assertThat(DOCKER.docker("exec", daemon, "sh", "-c", "registrator doctor || true"))
                .contains(id.substring(0, id.indexOf(':')));
    }

    private static String health(String container) {
        return DOCKER.docker("inspect", "--format", "{{.State.Health.Status}}", container);
    }

    private static String state(String container) {
        return DOCKER.docker("inspect", "--format", "{{.State.Status}}", container);
    }

    private static int socketGroup() throws IOException {
        return (int) Files.getAttribute(Path.of(DOCKER.host().getPath()), "unix:gid");
    }

    /** Starts one that registers nothing, and waits until it is at work; its name. */
    private String daemon(List<String> options) throws InterruptedException {
        String name = daemons.runCommand(
                "daemon" + ++started, options, "-ip", "192.0.2.1", "-filter", containers.filter(), "memory:");
        Await.until(name + " is ready", SOON, () -> DOCKER.docker("logs", name).contains(" ready: "));
        return name;
    }

    /** User, group and all groups of each Java process in a container. */
    private static List<String> identities(String container) {
        return DOCKER.docker("top", container, "-o", "pid,comm")
                .lines()
                .filter(line -> line.endsWith("java"))
                .map(line -> identity(line.strip().split(" ", 2)[0]))
                .toList();
    }

    private static String identity(String pid) {
        try {
            String status = Files.readString(Path.of("/proc", pid, "status"));
            return "%s %s %s"
                    .formatted(
                            field(status, "Uid").split("\\s+", 2)[0],
                            field(status, "Gid").split("\\s+", 2)[0],
                            field(status, "Groups"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(String status, String name) {
        String start = name + ":";
        return status.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** As the kernel shows them. */
    private static String groups(int... ids) {
        return IntStream.of(ids).sorted().distinct().mapToObj(String::valueOf).collect(Collectors.joining(" "));
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
