package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.net.HostAndPort;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Outcome;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.net.http.TlsSettings;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.StubServer;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent that knows every field is told of each kind of check: all of it, for agents show almost none of it again. */
@Timeout(30)
class CheckFieldsTest {
    private static final Probe.Http PLAIN = TestServices.http("http://10.0.0.7/");
    private static final ImmutableListMultimap<String, String> HEADER =
            ImmutableListMultimap.of("X", "b", "Host", "a", "X", "c");

    static Stream<Arguments> probes() {
        return Stream.of(
                told(new Probe.Tcp(HostAndPort.fromParts("10.0.0.7", 80)), "{'TCP':'10.0.0.7:80','Interval':'10s'}"),
                told(
                        new Probe.Tcp(HostAndPort.fromParts("2001:db8::7", 80)),
                        "{'TCP':'[2001:db8::7]:80','Interval':'10s'}"),
                told(PLAIN, "{'HTTP':'http://10.0.0.7/','Interval':'10s'}"),
                told(
                        new Probe.Http("https://10.0.0.7/health", "POST", HEADER, "{}", true, "web.example"),
                        "{'HTTP':'https://10.0.0.7/health','Method':'POST','Header':{'Host':['a'],'X':['b','c']},"
                                + "'Body':'{}','TLSSkipVerify':true,'TLSServerName':'web.example','Interval':'10s'}"),
                told(new Probe.Grpc("10.0.0.7:50051", false, false, ""), "{'GRPC':'10.0.0.7:50051','Interval':'10s'}"),
                told(
                        new Probe.Grpc("10.0.0.7:50051/web", true, true, "web.example"),
                        "{'GRPC':'10.0.0.7:50051/web','GRPCUseTLS':true,'TLSSkipVerify':true,"
                                + "'TLSServerName':'web.example','Interval':'10s'}"),
                told(new Probe.Ttl(Duration.ofMillis(30_500), null), "{'TTL':'30.5s'}"),
                told(
                        new Probe.EngineHealth(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                        "{'TTL':'30s','Status':'passing'}"),
                told(
                        new Probe.Script(ImmutableList.of("/bin/sh", "-c", "true"), null),
                        "{'Args':['/bin/sh','-c','true'],'Interval':'10s'}"),
                told(
                        new Probe.Script(ImmutableList.of("/bin/true"), "4c01db0b339c"),
                        "{'Args':['/bin/true'],'DockerContainerID':'4c01db0b339c','Interval':'10s'}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probes")
    void tellsAllOfAProbe(String kind, Probe probe, JsonObject expected) throws IOException {
        JsonObject check = sent(check(kind, probe));

        assertThat(own(check)).isEqualTo(expected);
    }

    @Test
    void tellsWhenItFailsAndWhatFollows() throws IOException {
        JsonObject check = sent(new CheckDefinition(
                "http",
                PLAIN,
                Duration.ofSeconds(20),
                Duration.ofMillis(1500),
                CheckStatus.WARNING,
                Duration.ofMinutes(90),
                2,
                3,
                4));

        assertThat(own(check))
                .isEqualTo(json("{'HTTP':'http://10.0.0.7/','Interval':'20s','Timeout':'1.5s',"
                        + "'Status':'warning','DeregisterCriticalServiceAfter':'1h30m0s','SuccessBeforePassing':2,"
                        + "'FailuresBeforeWarning':3,'FailuresBeforeCritical':4}"));
    }

    /** An agent that gets another check under an ID it knows keeps the old one running beside it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void givesAnotherIdToACheckThatIsOtherwise(String part, CheckDefinition changed) throws IOException {
        CheckDefinition before = check("http", PLAIN);

        assertThat(id(changed)).startsWith("service:web:http:").isNotEqualTo(id(before));
        assertThat(id(changed)).as("the same in every run").isEqualTo(id(changed));
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                changed("URL", TestServices.http("http://10.0.0.8/")),
                changed("method", new Probe.Http(PLAIN.url(), "HEAD", PLAIN.header(), "", false, "")),
                changed("header", new Probe.Http(PLAIN.url(), "", HEADER, "", false, "")),
                changed("body", new Probe.Http(PLAIN.url(), "", PLAIN.header(), "{}", false, "")),
                changed("trust", new Probe.Http(PLAIN.url(), "", PLAIN.header(), "", true, "")),
                changed("server name", new Probe.Http(PLAIN.url(), "", PLAIN.header(), "", false, "web.example")),
                changed("kind", new Probe.Tcp(HostAndPort.fromParts("10.0.0.7", 80))));
    }

    @Test
    void namesItsChecksForPeople() throws IOException {
        assertThat(sent(check("http", PLAIN)).get("Name").getAsString()).isEqualTo("Service 'web' check http");
    }

    /** Applications that say themselves that they are well know the ID that an agent gives to such a check. */
    @Test
    void givesTheAgentsOwnIdToTheCheckThatApplicationsKnow() throws IOException {
        assertThat(id(check("ttl", new Probe.Ttl(Duration.ofSeconds(30), null))))
                .isEqualTo("service:web");
        assertThat(id(check("2-ttl", new Probe.Ttl(Duration.ofSeconds(30), null))))
                .startsWith("service:web:2-ttl:");
    }

    private static CheckDefinition check(String name, Probe probe) {
        return new CheckDefinition(name, probe, Duration.ofSeconds(10), null, null, null, 0, 0, 0);
    }

    private static Arguments told(Probe probe, String expected) {
        return Arguments.of(probe.kind(), probe, json(expected));
    }

    private static Arguments changed(String part, Probe probe) {
        return Arguments.of(part, check("http", probe));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    private static String id(CheckDefinition check) throws IOException {
        return sent(check).get("CheckID").getAsString();
    }

    /** What is said of the check itself. */
    private static JsonObject own(JsonObject check) {
        JsonObject own = check.deepCopy();
        own.remove("CheckID");
        own.remove("Name");
        return own;
    }

    /** The one check of the one registration. */
    private static JsonObject sent(CheckDefinition check) throws IOException {
        ServiceDefinition web = TestServices.web("web").checks(check).definition();
        try (StubServer agent = StubServer.answering((request, exchange) -> StubServer.reply(
                        exchange,
                        request.target().equals("/v1/agent/service/web") ? 404 : 200,
                        request.target().equals("/v1/agent/self")
                                ? "{\"Config\":{\"Version\":\"1.20.1\",\"NodeName\":\"n\"},\"Member\":{\"Addr\":\"10.0.0.1\"}}"
                                : "{}"));
                ConsulRegistry registry = ConsulRegistry.open(new ConsulSettings(
                        agent.endpoint(), TlsSettings.DEFAULT, () -> "", Tenancy.NONE, Duration.ofSeconds(20), 2))) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(web)).isEqualTo(Outcome.success(Done.APPLIED));
            JsonElement body = JsonParser.parseString(agent.requests().stream()
                    .filter(request -> request.target().startsWith("/v1/agent/service/register"))
                    .findFirst()
                    .orElseThrow()
                    .body());
            JsonArray checks = body.getAsJsonObject().getAsJsonArray("Checks");
            assertThat(checks).hasSize(1);
            return checks.get(0).getAsJsonObject();
        }
    }
}
