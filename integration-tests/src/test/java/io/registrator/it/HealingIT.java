package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import io.registrator.testing.EngineProcess;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Peers that go away and come back, and the daemon itself. */
class HealingIT {
    private static final String NODE = "healing";
    private static final Duration HEALED = Duration.ofSeconds(10);
    private static final String FOREIGN = """
            {"ID": "vault:10.0.0.9:8200", "Name": "vault", "Address": "10.0.0.9", "Port": 8200, "Meta": {"kept": "yes"}}
            """;

    @Test
    void followsAnEngineThatRestarts() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                EngineProcess engine = EngineProcess.start();
                TestContainers containers = new TestContainers(engine.cli(), DockerCli.BUSYBOX);
                RegistratorProcess daemon = start(engine.host(), Agent.of(consul), "-register-on", "start")) {
            Agent agent = Agent.of(consul);
            for (String suffix : List.of("a", "b", "c")) {
                containers.run(suffix, "--network", "host", "--expose", "9000", "--restart", "always");
            }
            containers.run("mortal", "--network", "host", "--expose", "9000");
            agent.awaitIds(NODE, containers.prefix(), ids(containers), HEALED);

            engine.stop();
            daemon.awaitLog("engine does not answer");
            engine.startAgain();

            Await.until(
                    "containers run again", HEALED, () -> containers.running().size() == 3);
            agent.awaitIds(NODE, containers.prefix(), ids(containers), HEALED);
            containers.run("later", "--network", "host", "--expose", "9000");
            agent.awaitIds(NODE, containers.prefix(), ids(containers), HEALED);
        }
    }

    @Test
    void fillsAnAgentThatLostEverything() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon =
                        start(containers.docker().host(), Agent.of(consul), "-filter", containers.filter())) {
            Agent agent = Agent.of(consul);
            for (int i = 0; i < 5; i++) {
                containers.run("n" + i, "-p", "8080", "-e", "SERVICE_CHECK_DEREGISTER_AFTER=10m");
            }
            agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
            // Only what it has an answer for does it miss.
            for (String id : ids(containers, "8080")) {
                daemon.awaitLog("registered   " + id);
            }

            consul.kill();
            consul.wipe();
            consul.start();

            agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), Duration.ofSeconds(3));
            assertThat(daemon.log())
                    .containsOnlyOnce("; 5 services missing")
                    .doesNotContain("critical too long")
                    .doesNotContain("ERROR");
        }
    }

    @Test
    void clearsUpAfterItsOwnSuddenEndAndTouchesNothingElse() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            Agent agent = Agent.of(consul);
            agent.register(FOREIGN);
            String before = agent.service("vault:10.0.0.9:8200").toString();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                names.add(containers.run("n" + i, "-p", "8080"));
            }
            try (RegistratorProcess first = start(containers.docker().host(), agent, "-filter", containers.filter())) {
                agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
                first.kill();
            }
            containers.each(names.subList(0, 5), "rm", "--force");
            containers.run("new", "-p", "8080");
            try (RegistratorProcess second = start(containers.docker().host(), agent, "-filter", containers.filter())) {
                agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
                second.awaitLog(" registered   " + NODE + ":" + containers.prefix());
                assertThat(agent.service("vault:10.0.0.9:8200").toString()).isEqualTo(before);
                assertThat(second.log()
                                .lines()
                                .filter(line -> line.contains(" registered   " + NODE + ":" + containers.prefix())))
                        .hasSize(1);
            }
        }
    }

    @Test
    void writesNothingOverAnUnchangedState() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running("disable_coordinates = true");
                TestContainers containers = TestContainers.ofWeb()) {
            Agent agent = Agent.of(consul);
            for (int i = 0; i < 5; i++) {
                containers.run("n" + i, "-p", "8080", "-e", "SERVICE_TAGS=a,b", "-e", "SERVICE_CHECK_TTL=10m");
            }
            try (RegistratorProcess first = start(containers.docker().host(), agent, "-filter", containers.filter())) {
                agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
                first.kill();
            }
            long before = stableLogIndex(agent);
            try (RegistratorProcess second = start(
                            containers.docker().host(),
                            agent,
                            "-filter",
                            containers.filter(),
                            "-resync",
                            "1",
                            "-admin",
                            "127.0.0.1:0");
                    AdminClient admin = AdminClient.of(second)) {
                Await.until("four passes are over", HEALED, () -> passes(admin) >= 4);
                assertThat(stableLogIndex(agent)).isEqualTo(before);
                assertThat(second.log()).doesNotContain("registered ").doesNotContain("WARN");
            }
        }
    }

    @Test
    void endsWithinFiveSecondsAndLeavesServicesInPlace() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon =
                        start(containers.docker().host(), Agent.of(consul), "-filter", containers.filter())) {
            Agent agent = Agent.of(consul);
            containers.run("web", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);

            assertThat(daemon.terminate(Duration.ofSeconds(5))).isTrue();
            assertThat(agent.ids(NODE, containers.prefix())).isEqualTo(Set.copyOf(ids(containers, "8080")));
        }
    }

    @Test
    void deregistersItsOwnOnExitWhenAskedTo() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(
                        containers.docker().host(),
                        Agent.of(consul),
                        "-filter",
                        containers.filter(),
                        "-deregister-on-exit")) {
            Agent agent = Agent.of(consul);
            agent.register(FOREIGN);
            containers.run("web", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);

            assertThat(daemon.terminate(Duration.ofSeconds(5))).isTrue();
            assertThat(agent.services()).containsOnlyKeys("vault:10.0.0.9:8200");
        }
    }

    /** More than can be deregistered within the time in which it ends otherwise. */
    @Test
    void deregistersHundredsOnExit() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(
                        containers.docker().host(),
                        Agent.of(consul),
                        "-filter",
                        containers.filter(),
                        "-check",
                        "none",
                        "-register-on",
                        "start",
                        "-deregister-on-exit")) {
            Agent agent = Agent.of(consul);
            containers.run("many", "--network", "host", "--expose", "9000-9599");
            Await.until(
                    "all are registered",
                    Duration.ofSeconds(60),
                    () -> agent.services().size() >= 600);

            assertThat(daemon.terminate(Duration.ofSeconds(75))).isTrue();
            assertThat(agent.services()).isEmpty();
            assertThat(daemon.log()).doesNotContain("still registered");
        }
    }

    /** By another node ID, as that is the host's name. */
    @Test
    void takesOverItsServicesWhenTheHostIsRenamed() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            Agent agent = Agent.of(consul);
            agent.register(FOREIGN);
            for (int i = 0; i < 3; i++) {
                containers.run("n" + i, "-p", "8080", "-e", "SERVICE_NAME=renamed");
            }
            String gone = containers.run("gone", "-p", "8080");
            try (RegistratorProcess before = start(containers.docker().host(), agent, "-filter", containers.filter())) {
                agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
                before.kill();
            }
            containers.docker().docker("rm", "--force", gone);
            Await.until("they pass", HEALED, () -> agent.passing("renamed") == 3);
            String left = NODE + ":" + gone + ":8080";

            try (ServiceWatch watch = new ServiceWatch(agent, "renamed", 3);
                    RegistratorProcess after =
                            startAs("new-name", containers.docker().host(), agent, "-filter", containers.filter())) {
                agent.awaitIds("new-name", containers.prefix(), newIds(containers), HEALED);
                agent.awaitIds(NODE, containers.prefix(), List.of(left), HEALED);
                after.awaitLog("node was " + NODE + " before: 3 of its services taken over; 1 stay");
                assertThat(watch.fewest()).isGreaterThanOrEqualTo(3);
                assertThat(agent.services()).containsKey("vault:10.0.0.9:8200");
            }
        }
    }

    @Test
    void cleansUpWhatItLeftUnderAnotherNodeIdWhenAskedTo() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            Agent agent = Agent.of(consul);
            agent.register(FOREIGN);
            containers.run("n0", "-p", "8080");
            String gone = containers.run("gone", "-p", "8080");
            try (RegistratorProcess before = start(containers.docker().host(), agent, "-filter", containers.filter())) {
                agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
                before.kill();
            }
            containers.docker().docker("rm", "--force", gone);

            try (RegistratorProcess after = startAs(
                    "new-name", containers.docker().host(), agent, "-filter", containers.filter(), "-cleanup")) {
                agent.awaitIds("new-name", containers.prefix(), newIds(containers), HEALED);
                agent.awaitIds(NODE, containers.prefix(), List.of(), HEALED);
                assertThat(agent.services()).containsKey("vault:10.0.0.9:8200");
                assertThat(after.log()).doesNotContain("WARN").doesNotContain("ERROR");
            }
        }
    }

    private static List<String> newIds(TestContainers containers) {
        return ids(containers, "8080").stream()
                .map(id -> id.replaceFirst("^" + NODE, "new-name"))
                .toList();
    }

    @Test
    void healsASingleErrorFromConsulWithinTwoSeconds() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                FaultyConsul faulty = new FaultyConsul(consul.address().toString());
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = RegistratorProcess.start(
                        containers.docker().host(),
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-ip",
                        containers.gateway(),
                        faulty.uri())) {
            Agent agent = Agent.of(consul);
            faulty.failNext("/v1/agent/service/register");
            String web = containers.run("web", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), Duration.ofSeconds(2));
            assertThat(faulty.hasFailed()).isTrue();

            faulty.failNext("/v1/agent/service/deregister");
            containers.docker().docker("kill", web);
            agent.awaitIds(NODE, containers.prefix(), List.of(), Duration.ofSeconds(2));
            assertThat(faulty.hasFailed()).isTrue();
            assertThat(daemon.log()).contains("cannot register " + NODE + ":" + web + ":8080");
        }
    }

    @Test
    void oneInspectThatHangsDelaysNoOther() throws Exception {
        DockerCli docker = DockerCli.ofThisMachine();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                SlowEngine engine = new SlowEngine(docker.host(), Duration.ofSeconds(5));
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(engine.uri(), Agent.of(consul), "-filter", containers.filter())) {
            Agent agent = Agent.of(consul);
            String slow = containers.create("slow", "-p", "8080");
            engine.hold(containers.id(slow));
            docker.docker("start", slow);
            String quick = containers.run("quick", "-p", "8080");

            agent.awaitIds(NODE, containers.prefix(), List.of(NODE + ":" + quick + ":8080"), Duration.ofSeconds(3));
            agent.awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void waitsForConsulAtStart() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.prepare();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = RegistratorProcess.launch(
                        containers.docker().host(),
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-ip",
                        containers.gateway(),
                        "-retry-interval",
                        "200",
                        Agent.of(consul).uri())) {
            containers.run("web", "-p", "8080");
            daemon.awaitLog("waiting for the registry");
            consul.start();

            Agent.of(consul).awaitIds(NODE, containers.prefix(), ids(containers, "8080"), HEALED);
        }
    }

    @Test
    void givesUpOnConsulWhenToldTo() throws Exception {
        try (RegistratorProcess daemon = RegistratorProcess.launch(
                DockerCli.ofThisMachine().host(),
                "-ip",
                "192.0.2.1",
                "-retry-attempts",
                "2",
                "-retry-interval",
                "100",
                "consul://127.0.0.1:1")) {
            assertThat(daemon.exitCode()).isEqualTo(1);
            assertThat(daemon.log()).contains("gave up on the registry after 2 tries");
        }
    }

    /** The newest entry of Consul's log once nothing has been added for a second. */
    private static int passes(AdminClient admin) throws Exception {
        return admin.body("metrics")
                .lines()
                .filter(line -> line.startsWith("registrator_pass_duration_seconds_count"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long stableLogIndex(Agent agent) throws InterruptedException {
        AtomicLong index = new AtomicLong(-1);
        AtomicReference<Instant> since = new AtomicReference<>(Instant.now());
        Await.until("Consul's log is quiet", Duration.ofSeconds(30), () -> {
            long now = agent.lastLogIndex();
            if (index.getAndSet(now) != now) {
                since.set(Instant.now());
            }
            return since.get().plusSeconds(1).isBefore(Instant.now());
        });
        return index.get();
    }

    private static RegistratorProcess start(URI engine, Agent consul, String... options) throws InterruptedException {
        return startAs(NODE, engine, consul, options);
    }

    private static RegistratorProcess startAs(String node, URI engine, Agent consul, String... options)
            throws InterruptedException {
        String gateway = TestContainers.ofWeb().gateway();
        List<String> arguments = new ArrayList<>(List.of("-node-id", node, "-ip", gateway));
        arguments.addAll(List.of(options));
        arguments.add(consul.uri());
        return RegistratorProcess.start(engine, arguments.toArray(String[]::new));
    }

    private static List<String> ids(TestContainers containers) {
        return ids(containers, "9000");
    }

    private static List<String> ids(TestContainers containers, String port) {
        return containers.running().stream()
                .map(name -> NODE + ":" + name + ":" + port)
                .toList();
    }
}
