package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are given nothing: they take the settings of the daemon that runs on the host. */
class CommandsIT {
    private static final String NODE = "commands";
    private static final String SECRET = "53c4e700-0000-0000-0000-000000000000";
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Whoever takes this for the engine has not asked the daemon. */
    private static final URI NOWHERE = URI.create("unix:///no/such/engine.sock");

    @TempDir
    private Path folder;

    @Test
    void takeTheSettingsOfTheDaemon() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = launch(NODE, containers, consul)) {
            String web = containers.run("web", "-e", "SERVICE_8080_NAME=shop");
            String id = NODE + ":" + web + ":8080";
            Agent.of(consul).awaitIds(NODE, containers.prefix(), List.of(id), SOON);
            daemon.awaitReady();

            CommandRun list = run("list");
            assertThat(list.out()).contains(id);
            assertThat(list.err()).contains("settings of the daemon with process ID " + daemon.pid());
            assertThat(run("plan").exitCode()).isZero();
            CommandRun explain = run("explain", web);
            assertThat(explain.firstTwoLines()).contains("is registered as shop at");
            CommandRun doctor = run("doctor", "-json");
            assertThat(JsonParser.parseString(doctor.out())
                            .getAsJsonObject()
                            .getAsJsonObject("facts")
                            .get("node ID")
                            .getAsString())
                    .startsWith(NODE);

            assertThat(run("plan", "-explicit=false", "-tags", "new").out()).contains(id);
            assertThat(run("explain", "-node-id", "mistaken", web).firstTwoLines())
                    .contains("node " + NODE + " has this container");
            assertThat(run("list", "-node-id", "mistaken").err()).contains("node " + NODE, web);
            assertThat(run("doctor", "-node-id", "mistaken").out()).contains("node " + NODE + " has containers", web);
            assertThat(run("list", "-daemon", "none").exitCode()).isNotZero();

            assertThat(daemon.log() + list + explain + doctor).doesNotContain(SECRET);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("daemons"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void letChooseAmongSeveralDaemonsAndGoOnAfterAKilledOne() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            try (RegistratorProcess first = launch("first", containers, consul);
                    RegistratorProcess second = launch("second", containers, consul)) {
                first.awaitReady();
                second.awaitReady();

                CommandRun unclear = run("list");
                assertThat(unclear.exitCode()).isEqualTo(2);
                assertThat(unclear.err()).contains("2 daemons run here", first.pid() + "", second.pid() + "");
                assertThat(run("list", "-daemon", second.pid() + "").err())
                        .contains("settings of the daemon with process ID " + second.pid());
            }

            assertThat(sockets()).as("those of killed daemons").hasSize(2);
            assertThat(run("list", "consul://" + consul.address(), "-node-id", "x")
                            .err())
                    .contains("no daemon is asked");
            try (RegistratorProcess next = launch("next", containers, consul)) {
                next.awaitReady();

                assertThat(sockets()).containsExactly(next.pid() + ".sock");
                assertThat(next.terminate(SOON)).isTrue();
                assertThat(sockets()).isEmpty();
            }
        }
    }

    private List<String> sockets() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("daemons"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private RegistratorProcess launch(String node, TestContainers containers, ConsulAgentProcess consul) {
        return RegistratorProcess.launch(
                containers.docker().host(),
                Map.of("REGISTRATOR_RUN_DIR", folder.toString(), "CONSUL_HTTP_TOKEN", SECRET),
                "-internal",
                "-explicit",
                "-node-id",
                node,
                "-filter",
                containers.filter(),
                "consul://" + consul.address());
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(NOWHERE, Map.of("REGISTRATOR_RUN_DIR", folder.toString()), arguments);
    }
}
