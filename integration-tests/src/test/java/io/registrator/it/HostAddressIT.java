package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import io.registrator.testing.PodmanProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host's address where {@code -ip} does not say it: the host's name is of no use, as on machines without DNS. */
class HostAddressIT {
    private static final String NODE = "addressed";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestContainers containers = TestContainers.ofWeb();
    private PrivateNetwork network;
    private Path hosts;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeNetwork() throws Exception {
        network = PrivateNetwork.make();
        hosts = namesAreLoopback(containers.docker());
    }

    @AfterEach
    void close() {
        containers.close();
        network.close();
    }

    @Test
    void isThatOfTheDefaultRouteWhereTheEnginesBridgeIs() throws Exception {
        network.ip("addr", "add", containers.gateway() + "/32", "dev", "lo");
        String web = containers.run("web", "-p", "8080");
        try (RegistratorProcess daemon = launch(engine(), "-resync", "1")) {
            daemon.awaitLog("registered   " + id(web) + " web at " + PrivateNetwork.ADDRESS + ":");

            network.ip("addr", "del", PrivateNetwork.ADDRESS + "/24", "dev", "uplink");
            network.ip("addr", "add", "198.51.100.8/24", "dev", "uplink");
            network.ip("route", "replace", "default", "dev", "uplink");

            daemon.awaitLog("the host's address is now 198.51.100.8");
            daemon.awaitLog("registered   " + id(web) + " web at 198.51.100.8:");
            assertThat(daemon.log().split("address is now", -1)).hasSize(2);
            assertThat(daemon.log()).doesNotContain("deregistered").doesNotContain("WARN");
        }
    }

    @Test
    void isWaitedForByServicesOnTheHostsNetworkAlone() throws Exception {
        String web = containers.run("web", "--expose", "8080");
        try (ConsulAgentProcess consul =
                        ConsulAgentProcess.running("addresses { http = \"127.0.0.1 unix://$DIR/http.sock\" }");
                RegistratorProcess daemon = RegistratorProcess.launchIn(
                        network,
                        engine(),
                        hosts,
                        "-node-id",
                        NODE,
                        "-internal",
                        "-register-on",
                        "start",
                        "-filter",
                        containers.filter(),
                        "consul-unix://" + consul.folder().resolve("http.sock"))) {
            Agent agent = Agent.of(consul);
            agent.awaitIds(NODE, containers.prefix(), List.of(id(web)), SOON);
            assertThat(daemon.awaitReady().log()).doesNotContain("host's address");

            String host = containers.run("host", "--network=host", "-e", "SERVICE_8080_NAME=host");

            daemon.awaitLog("services wait for the host's address");
            assertThat(daemon.log())
                    .contains("the name '", "no other host reaches", "the default route → not asked")
                    .contains("the agent's advertised address → 127.0.0.1, which no other host reaches");
            RegistratorProcess explained = RegistratorProcess.launchIn(
                    network,
                    engine(),
                    hosts,
                    "explain",
                    "-internal",
                    "-filter",
                    containers.filter(),
                    host,
                    "consul-unix://" + consul.folder().resolve("http.sock"));
            try (explained) {
                explained.awaitLog("waits for the host's address, not found: the name");
                explained.awaitLog("pass -ip");
            }

            // The engine's bridge is where we are: this is the host's network after all.
            network.ip("addr", "add", containers.gateway() + "/32", "dev", "lo");
            agent.awaitIds(NODE, containers.prefix(), List.of(id(host), id(web)), Duration.ofSeconds(40));
            assertThat(agent.service(id(host)).get("Address").getAsString()).isEqualTo(PrivateNetwork.ADDRESS);
        }
    }

    /**
     * The daemon in a container that is called as the host, so that the host's name is its own address: what the engine says of
     * its container decides.
     */
    @Test
    void isNotThatOfTheContainerThatTheDaemonRunsIn() throws Exception {
        String bridge = containers.network("net");
        String web = containers.run("web", "--network", bridge, "--expose", "8080");
        try (TestContainers consuls =
                        new TestContainers(containers.docker(), System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));
                TestContainers daemons =
                        new TestContainers(containers.docker(), System.getenv("REGISTRATOR_TEST_SYSTEMD_IMAGE"))) {
            String consul = consuls.runCommand(
                    "consul",
                    List.of("--network=" + bridge, "--network-alias=consul"),
                    "agent",
                    "-dev",
                    "-client=0.0.0.0");
            String daemon = daemons.runCommand(
                    "daemon",
                    inContainer(bridge),
                    RegistratorProcess.home().resolve("bin/registrator").toString(),
                    "-node-id",
                    NODE,
                    "-internal",
                    "-filter",
                    containers.filter(),
                    "consul://consul:8500");
            Agent agent = new Agent(consuls.address(consul) + ":8500");
            Await.until(
                    "Consul answers", SOON, () -> agent.get("/v1/status/leader").contains(":"));
            agent.awaitIds(NODE, containers.prefix(), List.of(id(web)), SOON);
            assertThat(containers.docker().docker("logs", daemon)).doesNotContain("host's address");

            containers.run("host", "--network=host", "-e", "SERVICE_8080_NAME=host");

            Await.until(
                    "its service waits",
                    SOON,
                    () -> containers.docker().docker("logs", daemon).contains("services wait for the host's address"));
            assertThat(containers.docker().docker("logs", daemon))
                    .contains(
                            "which is our own",
                            "not the host's network namespace: it is that of container " + daemon,
                            "the agent's advertised address → 127.0.0.1, which no other host reaches");
            agent.awaitIds(NODE, containers.prefix(), List.of(id(web)), SOON);
        }
    }

    private static List<String> inContainer(String network) {
        Map<String, String> environment = RegistratorProcess.environment(engine());
        List<String> options = new ArrayList<>(List.of("--network=" + network, "--entrypoint="));
        options.add("--hostname=" + DockerCli.ofThisMachine().docker("info", "--format", "{{.Name}}"));
        environment.forEach((name, value) -> options.add("--env=" + name + "=" + value));
        Path java =
                Path.of(environment.get("REGISTRATOR_JAVA")).resolve("../..").normalize();
        Stream.of(Path.of(engine().getPath()), RegistratorProcess.home(), java)
                .forEach(path -> options.add("--volume=" + path + ":" + path));
        return options;
    }

    @Test
    void namesWhatAProxyHasToAllow() throws Exception {
        network.ip("addr", "add", containers.gateway() + "/32", "dev", "lo");
        AtomicBoolean mended = new AtomicBoolean();
        String web = containers.run("web", "-p", "8080");
        try (EngineProxy proxy =
                        new EngineProxy(engine(), (method, path) -> mended.get() || !path.startsWith("/networks"));
                RegistratorProcess daemon = launch(proxy.uri())) {
            daemon.awaitLog("403");
            assertThat(daemon.awaitReady().log())
                    .contains("GET /networks/bridge, which has to be allowed")
                    .doesNotContain("advertise")
                    .doesNotContain("not asked");

            mended.set(true);
            daemon.awaitLog("registered   " + id(web) + " web at " + PrivateNetwork.ADDRESS + ":");
        }
    }

    @Test
    void waitsForAnEngineInTrouble() throws Exception {
        network.ip("addr", "add", containers.gateway() + "/32", "dev", "lo");
        AtomicBoolean mended = new AtomicBoolean();
        String web = containers.run("web", "-p", "8080");
        try (EngineProxy proxy = new EngineProxy(
                        engine(),
                        (method, path) -> mended.get() || !path.startsWith("/networks"),
                        "500 Internal Server Error");
                RegistratorProcess daemon = launch(proxy.uri())) {
            daemon.awaitLog("not known yet");
            assertThat(daemon.awaitReady().log()).contains("500").doesNotContain("advertise");

            mended.set(true);
            daemon.awaitLog("registered   " + id(web) + " web at " + PrivateNetwork.ADDRESS + ":");
        }
    }

    /** It answers the first questions, and then nothing for longer than it may take for an answer. */
    @Test
    void waitsForAnEngineThatIsFrozenRightAfterTheStart() throws Exception {
        network.ip("addr", "add", containers.gateway() + "/32", "dev", "lo");
        CountDownLatch thawed = new CountDownLatch(1);
        String web = containers.run("web", "-p", "8080");
        try (EngineProxy proxy = new EngineProxy(engine(), (method, path) -> {
                    if (path.startsWith("/networks")) {
                        thawed.await();
                    }
                    return true;
                });
                RegistratorProcess daemon = launch(proxy.uri())) {
            daemon.awaitLog("services wait for the host's address");
            assertThat(daemon.awaitReady().log())
                    .contains("did not answer within")
                    .doesNotContain("advertise");

            thawed.countDown();
            daemon.awaitLog("registered   " + id(web) + " web at " + PrivateNetwork.ADDRESS + ":");
        }
    }

    @Test
    void isFoundBesidePodmanThoughNobodyIsOnItsDefaultNetwork() throws Exception {
        assumeThat(PodmanProcess.reasonAgainst()).isEmpty();
        try (PodmanProcess podman = PodmanProcess.start();
                TestContainers onPodman = new TestContainers(podman.cli(), PodmanProcess.BUSYBOX)) {
            PrivateNetwork beside = PrivateNetwork.of(podman.process());
            String web = onPodman.run("web", "--network", onPodman.network("net"), "-p", "8080");
            String[] options = {"-node-id", NODE, "-register-on", "start", "memory:"};
            Path names = namesAreLoopback(podman.cli());
            URI engine = podman.cli().host();
            try (RegistratorProcess there = RegistratorProcess.launchIn(beside, engine, names, options);
                    RegistratorProcess elsewhere = RegistratorProcess.launchIn(network, engine, names, options)) {
                there.awaitLog("registered   " + id(web) + " busybox at " + PrivateNetwork.ADDRESS + ":");
                assertThat(there.log()).doesNotContain("WARN");

                elsewhere.awaitLog("services wait for the host's address");
                assertThat(elsewhere.awaitReady().log())
                        .contains("the default route → not asked")
                        .doesNotContain("advertise")
                        .doesNotContain("registered   ");
            }
        }
    }

    private RegistratorProcess launch(URI engine, String... more) {
        String[] all = Stream.concat(
                        Stream.of(more),
                        Stream.of("-node-id", NODE, "-register-on", "start", "-filter", containers.filter(), "memory:"))
                .toArray(String[]::new);
        return RegistratorProcess.launchIn(network, engine, hosts, all);
    }

    private Path namesAreLoopback(DockerCli engine) throws Exception {
        String name = engine.docker("info", "--format", "{{.Name}}");
        return Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost " + name + "\n");
    }

    private static URI engine() {
        return DockerCli.ofThisMachine().host();
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
