package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.net.HostAndPort;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Condition;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of checks on a real agent when services are written, again and differently. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ConsulUpdatesIT {
    private static final String ID = "host:web:80";
    private static final Probe TCP = new Probe.Tcp(HostAndPort.fromParts("192.0.2.1", 80));
    private static final Probe HTTP = TestServices.http("http://192.0.2.1/health");

    private ConsulAgentProcess agent;
    private ConsulRegistry registry;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running();
    }

    @AfterAll
    void stopAgent() throws IOException {
        agent.close();
    }

    @BeforeEach
    void open() throws IOException {
        reopen();
    }

    @AfterEach
    void clear() {
        assertThat(registry.deregister(new ServiceId(ID), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPassingServiceKeepsPassingWhenItsCheckIsRedefined(boolean afterRestart) throws Exception {
        register(web(TestServices.check(TCP, CheckStatus.PASSING)));
        if (afterRestart) {
            reopen();
        }

        register(web(TestServices.check(HTTP, null)));

        assertThat(checks()).containsExactly(Map.entry("http", "passing"));
    }

    @Test
    void aFailingServiceStaysFailingWhenItsCheckIsRedefined() throws Exception {
        register(web(TestServices.check(TCP, CheckStatus.CRITICAL)));

        register(web(TestServices.check(HTTP, CheckStatus.PASSING)));

        assertThat(checks()).containsExactly(Map.entry("http", "critical"));
    }

    @Test
    void aServiceWithoutChecksKeepsPassingWhenItGetsOne() throws Exception {
        register(web());

        register(web(TestServices.check(HTTP, null)));

        assertThat(checks()).containsExactly(Map.entry("http", "passing"));
    }

    @Test
    void aNewServiceBeginsAsDefined() throws Exception {
        register(web(TestServices.check(HTTP, CheckStatus.WARNING), TestServices.check(TCP, null)));

        assertThat(checks()).containsExactly(Map.entry("http", "warning"), Map.entry("tcp", "critical"));
    }

    @Test
    void anAliasIsAsWellAsItsFirstService() throws Exception {
        register(web(TestServices.check(TCP, CheckStatus.CRITICAL)));
        ServiceDefinition alias = TestServices.web("host:web:80:alias:shop")
                .checks(TestServices.check(new Probe.Alias(new ServiceId(ID)), null))
                .definition();
        register(alias);
        awaitAlias("critical");

        register(web(
                TestServices.check(new Probe.Ttl(Duration.ofMinutes(1), Duration.ofSeconds(20)), CheckStatus.PASSING)));
        assertThat(registry.heartbeat(
                        web(TestServices.check(new Probe.Ttl(Duration.ofMinutes(1), Duration.ofSeconds(20)), null)),
                        Condition.UNKNOWN))
                .isEqualTo(Outcome.success(Done.APPLIED));
        awaitAlias("passing");

        assertThat(registry.deregister(alias.id(), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
    }

    private void awaitAlias(String status) throws InterruptedException {
        Await.until("the alias is " + status, Duration.ofSeconds(10), () -> status.equals(checks().get("alias")));
    }

    @Test
    void checksThatAreNoLongerDefinedAreRemoved() throws Exception {
        register(web(TestServices.check(HTTP, CheckStatus.PASSING), TestServices.check(TCP, CheckStatus.PASSING)));

        register(web());

        assertThat(checks()).isEmpty();
    }

    @Test
    void aServiceThatAnotherProgramLeftIsTakenOverWithItsStatus() throws Exception {
        agent.put("/v1/agent/service/register", """
                {"ID":"host:web:80","Name":"old","Checks":[
                  {"TCP":"192.0.2.1:80","Interval":"1h","Status":"passing"},
                  {"TTL":"1h","Status":"warning"}]}
                """);
        reopen();

        register(web(TestServices.check(HTTP, null)));

        assertThat(checks()).containsExactly(Map.entry("http", "warning"));
    }

    @Test
    void anOperatorsMaintenanceSurvivesAnUpdate() throws Exception {
        register(web(TestServices.check(TCP, CheckStatus.PASSING)));
        agent.put("/v1/agent/service/maintenance/" + ID + "?enable=true&reason=disk+swap", "");

        register(web(TestServices.check(HTTP, null)));

        assertThat(checks())
                .containsExactly(Map.entry("_service_maintenance:" + ID, "critical"), Map.entry("http", "passing"));
        assertThat(agent.get("/v1/agent/checks")).contains("disk swap");
    }

    @Test
    void writingTheSameAgainDoesNotChangeAStatus() throws Exception {
        CheckDefinition ttl = TestServices.check(new Probe.Ttl(Duration.ofHours(1), null), CheckStatus.CRITICAL);
        register(web(ttl));
        agent.put("/v1/agent/check/pass/" + checkIds().getFirst(), "");

        register(web(ttl));
        reopen();
        register(web(ttl));

        assertThat(checks()).containsExactly(Map.entry("service:" + ID, "passing"));
    }

    @Test
    void tagsThatOthersGaveInTheCatalogSurviveAnUpdate() throws Exception {
        register(TestServices.web(ID).tags("ours").enableTagOverride().definition());
        Await.until(
                "the catalog has the service",
                Duration.ofSeconds(10),
                () -> catalog().contains("\"ours\""));
        agent.put(
                "/v1/catalog/register",
                "{\"Node\":\"" + ConsulAgentProcess.NODE + "\",\"Address\":\"127.0.0.1\",\"SkipNodeUpdate\":true,"
                        + "\"Service\":{\"ID\":\"" + ID + "\",\"Service\":\"web\",\"Tags\":[\"theirs\"],"
                        + "\"Address\":\"10.0.0.7\",\"Port\":8080,\"EnableTagOverride\":true}}");

        register(TestServices.web(ID)
                .tags("ours", "more of ours")
                .at("10.0.0.8", 8080)
                .enableTagOverride()
                .definition());

        assertThat(agent.get("/v1/agent/service/" + ID))
                .contains("\"theirs\"", "10.0.0.8")
                .doesNotContain("ours");
        Await.until(
                "the catalog has the new address",
                Duration.ofSeconds(10),
                () -> catalog().contains("10.0.0.8"));
        assertThat(catalog()).contains("\"theirs\"").doesNotContain("ours");
    }

    private String catalog() throws IOException, InterruptedException {
        return agent.get("/v1/catalog/node-services/" + ConsulAgentProcess.NODE);
    }

    @Test
    void aHeartbeatPassesTheChecksThatWaitForIt() throws Exception {
        CheckDefinition application = TestServices.check(new Probe.Ttl(Duration.ofHours(1), Duration.ofHours(1)), null);
        CheckDefinition daemon = full("registrator", new Probe.Ttl(Duration.ofMinutes(1), Duration.ofSeconds(20)));
        ServiceDefinition service = web(application, daemon);
        register(service);

        assertThat(registry.heartbeat(service, Condition.UNKNOWN)).isEqualTo(Outcome.success(Done.APPLIED));

        assertThat(checks()).containsOnly(Map.entry("service:" + ID, "passing"), Map.entry("registrator", "passing"));
    }

    @Test
    void aTtlCanBeChangedUnderTheSameCheck() throws Exception {
        register(web(TestServices.check(new Probe.Ttl(Duration.ofHours(1), Duration.ofHours(1)), CheckStatus.PASSING)));

        register(web(TestServices.check(new Probe.Ttl(Duration.ofSeconds(1), null), null)));

        Await.until("the shorter TTL has run out", Duration.ofSeconds(10), () -> checks().containsValue("critical"));
    }

    @Test
    void everyKindOfCheckIsTaken() throws Exception {
        register(web(
                full("tcp", TCP),
                full(
                        "http",
                        new Probe.Http(
                                "https://192.0.2.1/health",
                                "POST",
                                ImmutableListMultimap.of("Host", "a", "X", "b", "X", "c"),
                                "{}",
                                true,
                                "web.example")),
                full("grpc", new Probe.Grpc("192.0.2.1:50051/web", true, true, "web.example")),
                full("ttl", new Probe.Ttl(Duration.ofMillis(30_500), null))));

        // More than this the agent does not show: what it is told of each is in CheckFieldsTest.
        Map<String, String> kinds = new TreeMap<>();
        allChecks().asMap().values().stream()
                .map(JsonElement::getAsJsonObject)
                .forEach(check -> kinds.put(
                        check.get("Name").getAsString(),
                        check.get("Type").getAsString() + " "
                                + check.get("Status").getAsString()));
        assertThat(kinds)
                .containsExactly(
                        Map.entry("Service 'web' check grpc", "grpc passing"),
                        Map.entry("Service 'web' check http", "http passing"),
                        Map.entry("Service 'web' check tcp", "tcp passing"),
                        Map.entry("Service 'web' check ttl", "ttl passing"));
    }

    @Test
    void scriptsThatTheAgentForbidsAreRejected() {
        ServiceDefinition service =
                web(TestServices.check(new Probe.Script(ImmutableList.of("/bin/true"), null), null));

        assertThat(registry.register(service))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(Failure.Rejected.class, rejected -> {
                                    assertThat(rejected.status()).isEqualTo(500);
                                    assertThat(rejected.message()).contains("Scripts are disabled");
                                }));
    }

    @Test
    void definitionsThatTheAgentRefusesAreRejected() {
        ServiceDefinition service =
                TestServices.web(ID).meta(Map.of("consul-x", "1")).definition();

        assertThat(registry.register(service))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(Failure.Rejected.class, rejected -> {
                                    assertThat(rejected.status()).isEqualTo(400);
                                    assertThat(rejected.message()).contains("Invalid Service Meta");
                                }));
    }

    @Test
    void tellsWhoTheAgentIs() {
        assertThat(registry.agent())
                .isEqualTo(Outcome.success(new ConsulAgent("1.8.7", ConsulAgentProcess.NODE, "127.0.0.1", true)));
    }

    /** As a daemon that has just started: it has listed, and knows of no checks. */
    private void reopen() throws IOException {
        if (registry != null) {
            registry.close();
        }
        registry = ConsulRegistry.open(agent.settings());
        assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
    }

    private void register(ServiceDefinition service) {
        assertThat(registry.register(service)).isEqualTo(Outcome.success(Done.APPLIED));
    }

    private static ServiceDefinition web(CheckDefinition... checks) {
        return TestServices.web(ID).checks(checks).definition();
    }

    /** A check that uses every field there is. */
    private static CheckDefinition full(String name, Probe probe) {
        return new CheckDefinition(
                name,
                probe,
                Duration.ofHours(1),
                Duration.ofMillis(1500),
                CheckStatus.PASSING,
                Duration.ofMinutes(90),
                2,
                1,
                3);
    }

    /** The statuses of all checks of the service, by the name of ours or by the ID of others. */
    private Map<String, String> checks() throws IOException, InterruptedException {
        Map<String, String> statuses = new TreeMap<>();
        JsonObject checks = allChecks();
        String prefix = "service:" + ID + ":";
        checks.entrySet().forEach(check -> {
            String id = check.getKey();
            String name = id.startsWith(prefix)
                    ? Splitter.on(':')
                            .splitToList(id.substring(prefix.length()))
                            .getFirst()
                    : id;
            statuses.put(name, check.getValue().getAsJsonObject().get("Status").getAsString());
        });
        return statuses;
    }

    private List<String> checkIds() throws IOException, InterruptedException {
        return List.copyOf(allChecks().keySet());
    }

    private JsonObject allChecks() throws IOException, InterruptedException {
        return JsonParser.parseString(agent.get("/v1/agent/checks")).getAsJsonObject();
    }
}
