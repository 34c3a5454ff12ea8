package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.registrator.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Every kind of container, on a real engine, with Consul in a container beside them. */
class MainJobIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NODE = "main-job";

    private static final GenericContainer<?> CONSUL = new GenericContainer<>(
                    DockerImageName.parse(System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE")))
            .withCommand("agent", "-dev", "-client", "0.0.0.0")
            .withLabel("SERVICE_IGNORE", "true")
            .withExposedPorts(8500)
            .waitingFor(Wait.forHttp("/v1/status/leader").forPort(8500));

    private final TestContainers containers = TestContainers.ofWeb();

    @BeforeAll
    static void startConsul() {
        CONSUL.start();
    }

    @AfterAll
    static void stopConsul() {
        CONSUL.stop();
    }

    @AfterEach
    void removeContainers() {
        containers.close();
    }

    @Test
    void registersPublishedPortsAndTheyPass() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String web = containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=shop", "-e", "SERVICE_TAGS=a,b");

            JsonObject service = await(id(web, "8080"));

            assertThat(service.get("Service").getAsString()).isEqualTo("shop");
            assertThat(service.get("Tags").toString()).isEqualTo("[\"a\",\"b\"]");
            assertThat(service.get("Address").getAsString()).isEqualTo(containers.gateway());
            assertThat(service.get("Port").getAsInt()).isEqualTo(containers.hostPort(web, "8080/tcp"));
            Await.until("the check passes", SOON, () -> consul().passing("shop") == 1);

            containers.docker().docker("stop", web);
            awaitGone(web);
            daemon.awaitLog("deregistered " + id(web, "8080"));
        }
    }

    @Test
    void registersExposedPortsWithTheContainersAddressInInternalMode() throws Exception {
        String web = containers.run("internal");
        try (RegistratorProcess daemon = start("-internal")) {
            JsonObject service = await(id(web, "8080"));

            assertThat(service.get("Address").getAsString()).isEqualTo(containers.address(web));
            assertThat(service.get("Port").getAsInt()).isEqualTo(8080);
            Await.until(
                    "the check passes",
                    SOON,
                    () -> consul().checks(id(web, "8080")).equals(List.of("passing")));
            assertThat(daemon.log()).contains("internal ports");
        }
    }

    @Test
    void registersSeveralPortsAndUdp() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String web = containers.run(
                    "ports",
                    "-p",
                    "8080",
                    "-p",
                    "9090",
                    "-p",
                    "5353/udp",
                    "-e",
                    "SERVICE_NAME=many",
                    "-e",
                    "SERVICE_9090_NAME=admin",
                    "-e",
                    "SERVICE_9090_TAGS=inner",
                    "-e",
                    "SERVICE_9090_REGISTER_ON=start");

            assertThat(await(id(web, "8080")).get("Service").getAsString()).isEqualTo("many-8080");
            assertThat(await(id(web, "9090")).get("Service").getAsString()).isEqualTo("admin");
            JsonObject udp = await(id(web, "5353") + ":udp");
            assertThat(udp.get("Service").getAsString()).isEqualTo("many-5353");
            assertThat(udp.get("Tags").toString()).contains("\"udp\"");
            assertThat(consul().checks(id(web, "5353") + ":udp")).isEmpty();
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void registersOnAUserDefinedNetworkInBothModes() throws Exception {
        String network = containers.network("net");
        try (RegistratorProcess published = start();
                RegistratorProcess internal = start("-internal", "-node-id", "main-job-internal")) {
            String web = containers.run("user", "--network", network, "-p", "8080");

            assertThat(await(id(web, "8080")).get("Address").getAsString()).isEqualTo(containers.gateway());
            JsonObject inner = await("main-job-internal:" + web + ":8080");
            assertThat(inner.get("Address").getAsString()).isEqualTo(containers.address(web));
            assertThat(published.log() + internal.log()).doesNotContain("WARN");
        }
    }

    @Test
    void registersOnTheHostsNetwork() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String web = containers.run(
                    "host",
                    "--network",
                    "host",
                    "-e",
                    "PORT=18099",
                    "-e",
                    "SERVICE_18099_NAME=direct",
                    "-e",
                    "SERVICE_8080_IGNORE=true");

            JsonObject service = await(id(web, "18099"));

            assertThat(service.get("Service").getAsString()).isEqualTo("direct");
            assertThat(service.get("Port").getAsInt()).isEqualTo(18_099);
            assertThat(consul().services()).doesNotContainKey(id(web, "8080"));
            daemon.awaitLog("registered   " + id(web, "18099"));
        }
    }

    @Test
    void leavesIgnoredAndUnpublishedContainersOut() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String ignored = containers.run("ignored", "-p", "8080", "--label", "SERVICE_IGNORE=true");
            String unpublished = containers.run("unpublished");
            String after = containers.run("after", "-p", "8080");

            await(id(after, "8080"));
            assertThat(consul().services()).doesNotContainKeys(id(ignored, "8080"), id(unpublished, "8080"));
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void registersOnlyNamedPortsWhenExplicit() throws Exception {
        try (RegistratorProcess daemon = start("-explicit")) {
            String nameless = containers.run("nameless", "-p", "8080");
            String named = containers.run("named", "-p", "8080", "-e", "SERVICE_8080_NAME=named");

            await(id(named, "8080"));
            assertThat(consul().services()).doesNotContainKey(id(nameless, "8080"));
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void followsRenameAndNetworkChanges() throws Exception {
        String network = containers.network("extra");
        try (RegistratorProcess daemon = start("-internal")) {
            String before = containers.run("before");
            await(id(before, "8080"));

            String renamed = containers.name("renamed");
            containers.docker().docker("rename", before, renamed);
            await(id(renamed, "8080"));
            awaitGone(before);

            containers.docker().docker("network", "disconnect", "bridge", renamed);
            awaitGone(renamed);
            containers.docker().docker("network", "connect", network, renamed);
            assertThat(await(id(renamed, "8080")).get("Address").getAsString()).isEqualTo(containers.address(renamed));
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void reportsABadDefinitionByContainerAndKeyAndRegistersTheOthers() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String bad = containers.run(
                    "bad",
                    "-p",
                    "8080",
                    "-p",
                    "8081",
                    "-p",
                    "8082",
                    "-p",
                    "8083",
                    "-p",
                    "8084",
                    "-e",
                    "SERVICE_REGISTER_ON=start",
                    "-e",
                    "SERVICE_8080_CHECK_INTERVAL=abc",
                    "-e",
                    "SERVICE_8080_CHECK_HTTP=/",
                    "-e",
                    "SERVICE_8081_NAME=with some spaces",
                    "-e",
                    "SERVICE_8082_OWNER=" + "x".repeat(600),
                    "-e",
                    "SERVICE_8083_NAME=" + "n".repeat(100),
                    "-e",
                    "SERVICE_8084_CHECK_SCRIPT=curl http://localhost");
            String good = containers.run("good", "-p", "8080");
            await(id(good, "8080"));
            await(id(bad, "8082"));

            for (String key : List.of(
                    "SERVICE_8080_CHECK_INTERVAL",
                    "SERVICE_8081_NAME",
                    "SERVICE_8082_OWNER",
                    "SERVICE_8083_NAME",
                    "SERVICE_8084_CHECK_SCRIPT")) {
                assertThat(daemon.log().lines()).anyMatch(line -> line.contains(bad) && line.contains(key));
            }
            assertThat(consul().services()).doesNotContainKeys(id(bad, "8080"), id(bad, "8084"));
        }
    }

    private RegistratorProcess start(String... options) throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("-node-id", NODE, "-filter", containers.filter(), "-ip", containers.gateway()));
        arguments.addAll(List.of(options));
        arguments.add(consul().uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    private static Agent consul() {
        return new Agent("127.0.0.1:" + CONSUL.getMappedPort(8500));
    }

    private static String id(String container, String port) {
        return NODE + ":" + container + ":" + port;
    }

    private static JsonObject await(String id) throws IOException, InterruptedException {
        Await.until(id + " is registered", SOON, () -> consul().services().containsKey(id));
        return consul().service(id);
    }

    private static void awaitGone(String container) throws InterruptedException {
        Await.until(
                container + " is gone",
                SOON,
                () -> consul().ids(NODE, container + ":").isEmpty());
    }
}
