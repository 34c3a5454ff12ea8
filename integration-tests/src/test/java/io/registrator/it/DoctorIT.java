package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can be wrong, made wrong for real. */
class DoctorIT {
    private static final String NODE = "doctor";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int HEALTHY = 0;
    private static final int FINDINGS = 2;

    private static ConsulAgentProcess consul;

    private final TestContainers containers = TestContainers.ofWeb();

    @TempDir
    Path folder;

    @BeforeAll
    static void startConsul() throws Exception {
        consul = ConsulAgentProcess.running();
    }

    @AfterAll
    static void stopConsul() throws IOException {
        consul.close();
    }

    @AfterEach
    void removeContainers() {
        containers.close();
    }

    @Test
    void findsNothingOnAHealthyHost() throws Exception {
        String node = "doctor-healthy";
        containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=shop");
        try (RegistratorProcess daemon = RegistratorProcess.start(engine(), options(node, consul))) {
            Await.until("it is registered", SOON, () -> Agent.of(consul).passing("shop") == 1);

            CommandRun run = doctor(node, consul);

            assertThat(codes(run)).as(run.toString()).isEmpty();
            assertThat(run.out()).contains("\"registry\": \"consul://").contains("giving 1 services");
            assertThat(daemon.log()).contains("ready");
        }
    }

    @Test
    void findsAnEngineThatIsNotThere() throws Exception {
        CommandRun run =
                CommandRun.of(URI.create("unix://" + folder.resolve("docker.sock")), Map.of(), command(NODE, consul));

        assertThat(codes(run)).containsExactly("engine_unreachable");
        assertThat(run.out()).contains("start the engine");
    }

    @Test
    void findsASocketThatMayNotBeUsed() throws Exception {
        RegistratorProcess.Ended run = RegistratorProcess.endedAsNobody(engine(), command(NODE, consul));

        assertThat(run.exitCode()).as(run.log()).isEqualTo(FINDINGS);
        assertThat(run.log()).contains("\"engine_unreachable\"").contains("it belongs to the group");
    }

    @Test
    void findsAnEngineWhoseClockIsWrong() throws Exception {
        try (EngineProxy late = EngineProxy.late(engine(), Duration.ofHours(1))) {
            CommandRun run = CommandRun.of(late.uri(), Map.of(), command(NODE, consul));

            assertThat(codes(run)).containsExactly("engine_clock");
            assertThat(run.out()).contains("behind ours");
        }
    }

    @Test
    void findsALoopbackAddress() {
        CommandRun run = doctor(NODE, consul, "-ip", "127.0.0.1");

        assertThat(codes(run)).containsExactly("loopback_address");
    }

    @Test
    void findsThatThereIsNoAddressWhereTheHostsNameIsLoopback() throws Exception {
        String name = containers.docker().docker("info", "--format", "{{.Name}}");
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost " + name + "\n");
        try (ConsulAgentProcess onSocket =
                ConsulAgentProcess.running("addresses { http = \"127.0.0.1 unix://$DIR/http.sock\" }")) {
            RegistratorProcess.Ended run = RegistratorProcess.endedWithoutNetwork(
                    engine(),
                    hosts,
                    "doctor",
                    "-json",
                    "consul-unix://" + onSocket.folder().resolve("http.sock"));

            assertThat(run.log()).contains("\"no_host_address\"").contains("pass -ip");
        }
    }

    @Test
    void findsARegistryThatDoesNotAnswer() {
        CommandRun run = CommandRun.of(
                engine(), Map.of(), "doctor", "-json", "-ip", containers.gateway(), filter(), "consul://127.0.0.1:1");

        assertThat(codes(run)).containsExactly("registry_unreachable");
    }

    @Test
    void findsAClusterWithoutALeader() throws Exception {
        try (ConsulAgentProcess lonely = ConsulAgentProcess.prepare("bootstrap_expect = 3")) {
            lonely.launch();
            Await.until("it listens", SOON, () -> {
                try {
                    return lonely.get("/v1/agent/self").contains("Config");
                } catch (IOException notYet) {
                    return false;
                }
            });

            assertThat(codes(doctor(NODE, lonely))).containsExactly("no_leader");
        }
    }

    @Test
    void findsMissingRightsAndSaysTheRuleToAdd() throws Exception {
        containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=shop");
        try (ConsulAgentProcess guarded = AclPolicy.agent()) {
            AclPolicy policy = AclPolicy.create(guarded, "service_prefix \"\" { policy = \"read\" }");

            CommandRun lacking = doctor(policy.secret(), guarded);
            assertThat(codes(lacking)).containsExactly("missing_rights");
            assertThat(todo(lacking))
                    .contains("service_prefix \"\" { policy = \"write\" }")
                    .contains("agent_prefix \"\" { policy = \"read\" }")
                    .contains("node_prefix \"\" { policy = \"read\" }");

            policy.allow(AclPolicy.ALL);
            Await.until(
                    "the rights are seen",
                    SOON,
                    () -> codes(doctor(policy.secret(), guarded)).isEmpty());

            assertThat(codes(doctor("00000000-0000-0000-0000-000000000000", guarded)))
                    .containsExactly("token_unknown");
        }
    }

    @Test
    void findsNamesThatDnsCannotHold() {
        containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=my_shop");

        CommandRun run = doctor(NODE, consul);

        assertThat(codes(run)).containsExactly("unsafe_names");
        assertThat(run.out()).contains("my_shop");
    }

    @Test
    void findsWhatMistakesAndOthersKeepOut() throws Exception {
        String node = "doctor-refused";
        String mistaken = containers.run("mistaken", "-p", "8080", "-e", "SERVICE_CHECK_INTERVAL=abc");
        String first = containers.run("first", "-p", "8080", "-e", "SERVICE_ID=wanted");
        String second = containers.run("second", "-p", "8080", "-e", "SERVICE_ID=wanted");
        String third = containers.run("third", "-p", "8080", "-e", "SERVICE_ID=held");
        try (RegistratorProcess daemon = RegistratorProcess.start(engine(), options(node, consul))) {
            consul.put("/v1/agent/service/register", "{\"ID\":\"held\",\"Name\":\"theirs\"}");

            CommandRun run = doctor(node, consul);

            assertThat(codes(run)).as(run.toString()).contains("mistaken_containers", "taken_ids");
            assertThat(run.out()).contains(mistaken, "SERVICE_CHECK_INTERVAL", first, second, third);
            assertThat(daemon.log()).contains("ready");
        }
        consul.put("/v1/agent/service/deregister/held", "");
    }

    @Test
    void findsContainersThatAreNotOnTheNetworkThatIsAskedFor() {
        String web = containers.run("elsewhere", "-p", "8080");

        CommandRun run = doctor(NODE, consul, "-internal", "-network", "nowhere");

        assertThat(codes(run)).as(run.toString()).containsExactly("no_service_address");
        assertThat(run.out()).contains(web, "port 8080/tcp");
    }

    @Test
    void findsASecondDaemonWithTheSameNodeId() throws Exception {
        String node = "doctor-twice";
        Map<String, String> together = Map.of("REGISTRATOR_RUN_DIR", folder.toString());
        try (RegistratorProcess first = RegistratorProcess.launch(engine(), together, options(node, consul));
                RegistratorProcess second = RegistratorProcess.launch(engine(), together, options(node, consul))) {
            first.awaitReady();
            second.awaitReady();

            CommandRun run = CommandRun.of(engine(), together, command(node, consul));

            assertThat(codes(run)).containsExactly("same_node_id");
            assertThat(run.out()).contains("2 registrators run here");
            assertThat(first.log() + second.log()).contains("ready");
        }
    }

    @Test
    void findsServicesOfOursWhoseContainersThisEngineDoesNotHave() throws Exception {
        String node = "doctor-stranger";
        Agent.of(consul)
                .register("{\"ID\":\"" + node + ":gone:80\",\"Name\":\"gone\",\"Address\":\"192.0.2.8\",\"Port\":80,"
                        + "\"Meta\":{\"registrator-owner\":\"" + node + "\",\"registrator-container\":\"0123456789ab\","
                        + "\"registrator-hash\":\"0123456789abcdef\"}}");

        CommandRun run = doctor(node, consul);

        assertThat(codes(run)).containsExactly("same_node_id");
        assertThat(run.out()).contains(node + ":gone:80");
    }

    @Test
    void findsServicesThatNobodyAnswersFor() throws Exception {
        String node = "doctor-silent";
        String silent = containers.run("silent", "-p", "9999");
        try (RegistratorProcess daemon =
                RegistratorProcess.start(engine(), options(node, consul, "-register-on=start"))) {
            Await.until(
                    "it is registered",
                    SOON,
                    () -> Agent.of(consul).services().containsKey(node + ":" + silent + ":9999"));

            CommandRun run = doctor(node, consul);

            assertThat(codes(run)).containsExactly("unreachable_services");
            assertThat(run.out()).contains(node + ":" + silent + ":9999");
            assertThat(daemon.log()).contains("ready");
        }
    }

    private URI engine() {
        return containers.docker().host();
    }

    /** @param nodeOrToken with ACLs the token */
    private CommandRun doctor(String nodeOrToken, ConsulAgentProcess agent, String... more) {
        boolean token = nodeOrToken.length() == 36;
        List<String> all = new ArrayList<>(List.of(command(token ? NODE : nodeOrToken, agent)));
        all.addAll(all.size() - 1, List.of(more));
        Map<String, String> environment = token ? Map.of("CONSUL_HTTP_TOKEN", nodeOrToken) : Map.of();
        return CommandRun.of(engine(), environment, all.toArray(String[]::new));
    }

    private String[] command(String node, ConsulAgentProcess agent) {
        List<String> all = new ArrayList<>(List.of("doctor", "-json"));
        all.addAll(List.of(options(node, agent)));
        return all.toArray(String[]::new);
    }

    private String[] options(String node, ConsulAgentProcess agent, String... more) {
        List<String> all = new ArrayList<>(List.of("-node-id", node, "-ip", containers.gateway(), filter()));
        all.addAll(List.of(more));
        all.add("consul://" + agent.address());
        return all.toArray(String[]::new);
    }

    private String filter() {
        return "-filter=name=" + containers.prefix() + "*";
    }

    private static List<String> codes(CommandRun run) {
        List<String> codes = StreamSupport.stream(
                        json(run).getAsJsonArray("findings").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(finding -> finding.get("code").getAsString())
                .toList();
        assertThat(run.exitCode()).isEqualTo(codes.isEmpty() ? HEALTHY : FINDINGS);
        return codes;
    }

    private static String todo(CommandRun run) {
        return json(run)
                .getAsJsonArray("findings")
                .get(0)
                .getAsJsonObject()
                .get("todo")
                .getAsString();
    }

    private static JsonObject json(CommandRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }
}
