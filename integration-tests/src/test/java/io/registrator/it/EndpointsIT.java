package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Under which addresses, ports and names a container is registered where it has several, and where it has none that is plain. */
@SuppressWarnings("NullAway.Init")
class EndpointsIT {
    private static final String NODE = "endpoints";
    private static final Duration SOON = Duration.ofSeconds(10);

    private static ConsulAgentProcess consul;

    private final TestContainers containers = TestContainers.ofWeb();

    @BeforeAll
    static void startConsul() throws Exception {
        consul = ConsulAgentProcess.running();
    }

    @AfterAll
    static void stopConsul() throws Exception {
        consul.close();
    }

    @AfterEach
    void removeContainers() {
        containers.close();
    }

    @Test
    void staysOnTheNetworkThatItWasCreatedOnWhateverItIsConnectedTo() throws Exception {
        String alpha = containers.network("alpha");
        String zeta = containers.network("zeta");
        try (RegistratorProcess daemon = start("-internal")) {
            String web = containers.run("web", "--network", zeta);
            String address = containers.address(web);
            awaitAddress(web, address);

            containers.docker().docker("network", "connect", alpha, web);
            String witness = containers.run("witness", "--network", alpha);

            Await.until("the witness is there", SOON, () -> agent().services().containsKey(id(witness)));
            assertThat(agent().service(id(web)).get("Address").getAsString()).isEqualTo(address);
            assertThat(daemon.log()).doesNotContain("ERROR").containsOnlyOnce("registered   " + id(web));
        }
        try (RegistratorProcess restarted = start("-internal")) {
            assertThat(restarted.log()).doesNotContain("registered   ");
        }
    }

    @Test
    void namesWhatWasStartedByTheIdOfAnImage() throws Exception {
        DockerCli docker = containers.docker();
        String tagged = docker.docker("inspect", "--format", "{{.Image}}", containers.run("first"));
        String untagged = docker.docker("commit", containers.name("first"));
        try (RegistratorProcess daemon = start("-internal")) {
            String byId = runImage("by-id", tagged);
            String byShortId =
                    runImage("by-short-id", tagged.substring("sha256:".length()).substring(0, 12));
            String nameless = runImage("nameless", untagged);
            String compose = runImage("compose", untagged, "--label", "com.docker.compose.service=shop");

            assertThat(awaitName(byId)).isEqualTo(awaitName(byShortId)).isEqualTo("web");
            assertThat(awaitName(nameless))
                    .isEqualTo(untagged.substring("sha256:".length()).substring(0, 12));
            assertThat(awaitName(compose)).isEqualTo("shop");
            assertThat(daemon.log())
                    .containsOnlyOnce("was started by the ID of an image that has no tag")
                    .contains(nameless + " (")
                    .doesNotContain("ERROR");
        } finally {
            containers.close();
            docker.docker("rmi", untagged);
        }
    }

    @Test
    void registersEachNameAndEachBindingOfOnePort() throws Exception {
        List<Integer> ports = ConsulAgentProcess.freePorts(2);
        try (RegistratorProcess daemon = start("-bindings", "all")) {
            String web = containers.run(
                    "web",
                    "-p",
                    "127.0.0.1:" + ports.get(0) + ":8080",
                    "-p",
                    containers.gateway() + ":" + ports.get(1) + ":8080",
                    "-p",
                    "0.0.0.0::8080",
                    "-e",
                    "SERVICE_ALIASES=shop,api",
                    "-e",
                    "SERVICE_CHECK_INTERVAL=1s");
            List<String> ids = List.of(id(web), id(web) + ":alias:shop", id(web) + ":alias:api");
            Await.until("all are registered and pass", SOON, () -> {
                for (String id : ids) {
                    if (!agent().checks(id).equals(List.of("passing"))) {
                        return false;
                    }
                }
                return agent().services().size() == 6;
            });
            assertThat(agent().services().keySet())
                    .filteredOn(id -> !id.contains(":alias:"))
                    .hasSize(2);

            containers.docker().docker("pause", web);
            Await.until(
                    "all are in maintenance",
                    SOON,
                    () -> agent().checks(ids.get(1)).contains("critical"));
            containers.docker().docker("unpause", web);
            Await.until("all pass again", SOON, () -> agent().checks(ids.get(1)).equals(List.of("passing")));

            containers.docker().docker("rm", "-f", web);
            Await.until("nothing is left", SOON, () -> agent().services().isEmpty());
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    private String runImage(String suffix, String image, String... options) {
        List<String> command = new ArrayList<>(
                List.of("run", "--detach", "--name", containers.name(suffix), "--label", containers.label()));
        command.addAll(List.of(options));
        command.add(image);
        containers.docker().docker(command.toArray(String[]::new));
        return containers.name(suffix);
    }

    private String awaitName(String container) throws Exception {
        Await.until(
                id(container) + " is registered", SOON, () -> agent().services().containsKey(id(container)));
        return agent().service(id(container)).get("Service").getAsString();
    }

    private RegistratorProcess start(String... options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-node-id", NODE, "-filter", containers.filter()));
        arguments.addAll(List.of(options));
        arguments.add(agent().uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    private void awaitAddress(String name, String address) throws InterruptedException {
        Await.until(
                id(name) + " is at " + address,
                SOON,
                () -> agent().services().containsKey(id(name))
                        && agent().service(id(name))
                                .get("Address")
                                .getAsString()
                                .equals(address));
    }

    private static Agent agent() {
        return Agent.of(consul);
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
