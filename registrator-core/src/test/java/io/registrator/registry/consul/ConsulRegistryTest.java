package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.HostAndPort;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Condition;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.model.Probe;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.net.http.TlsSettings;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.StubServer;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what becomes of answers that a healthy agent does not give. */
@Timeout(30)
class ConsulRegistryTest {
    private static final CheckDefinition CHECK =
            TestServices.check(new Probe.Tcp(HostAndPort.fromParts("10.0.0.7", 8080)), CheckStatus.PASSING);
    private static final CheckDefinition GATED = new CheckDefinition(
            "http",
            TestServices.http("http://10.0.0.7/"),
            Duration.ofSeconds(10),
            Duration.ofMillis(1500),
            null,
            null,
            2,
            3,
            4);
    private static final ServiceDefinition WEB =
            TestServices.web("web").checks(CHECK).definition();

    @Test
    void looksRightBeforeItRegistersANewService() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/services", "{}"));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(WEB)).isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests())
                    .extracting(StubServer.Request::target)
                    .satisfiesExactly(
                            target -> assertThat(target).isEqualTo("/v1/agent/services"),
                            target -> assertThat(target).startsWith("/v1/agent/checks?filter="),
                            target -> assertThat(target).isEqualTo("/v1/agent/service/web"),
                            target -> assertThat(target).isEqualTo("/v1/agent/service/register"));
        }
    }

    @Test
    void doesNotAskForChecksThatItHasWritten() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/services", "{}"));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(WEB)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(registry.register(
                            TestServices.web("web").checks(CHECK).tags("new").definition()))
                    .isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests())
                    .filteredOn(request -> request.method().equals("PUT"))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.target()).doesNotContain("?"));
            assertThat(agent.requests()).hasSize(6);
        }
    }

    @Test
    void writesNothingWhereTheServiceIsNotAsExpected() throws IOException {
        try (StubServer agent = agent(Map.of(
                        "/v1/agent/services",
                        "{}",
                        "/v1/agent/service/web",
                        "{\"ID\":\"web\",\"Service\":\"theirs\"}"));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);

            assertThat(registry.register(WEB, Condition.UNKNOWN, Optional::isEmpty))
                    .isEqualTo(Outcome.success(Done.SKIPPED));

            assertThat(agent.requests())
                    .filteredOn(request -> request.method().equals("PUT"))
                    .isEmpty();
        }
    }

    @Test
    void sendsOnlyWhatIsSet() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/services", "{}"));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(WEB)).isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests().getLast().body())
                    .contains("\"ID\":\"web\"", "\"TCP\":\"10.0.0.7:8080\"", "\"Status\":\"passing\"")
                    .contains("\"CheckID\":\"service:web:tcp:")
                    .doesNotContain("null", "HTTP", "TTL", "Success", "Failures", "Timeout", "TLS", "GRPC", "Args");
        }
    }

    @Test
    void leavesOutWhatTheAgentDoesNotKnow() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/services", "{}", "/v1/agent/self", self("1.10.3")));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(TestServices.web("web").checks(GATED).definition()))
                    .isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests().getLast().body())
                    .contains("\"SuccessBeforePassing\":2", "\"FailuresBeforeCritical\":4", "\"Timeout\":\"1.5s\"")
                    .doesNotContain("FailuresBeforeWarning");
        }
    }

    @Test
    void sendsWhatTheAgentKnows() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/services", "{}", "/v1/agent/self", self("1.11.0+ent")));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.register(TestServices.web("web").checks(GATED).definition()))
                    .isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests().getLast().body()).contains("\"FailuresBeforeWarning\":3");
        }
    }

    @Test
    void sendsTheTokenOfTheMoment() throws IOException {
        AtomicReference<String> token = new AtomicReference<>("");
        try (StubServer agent = agent(Map.of("/v1/agent/services", "{}"));
                ConsulRegistry registry = open(agent, token::get)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            token.set("second");
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);

            assertThat(agent.requests().getFirst().headers()).doesNotContainKey("x-consul-token");
            assertThat(agent.requests().getLast().headers()).containsEntry("x-consul-token", "second");
            assertThat(agent.requests())
                    .allSatisfy(request -> assertThat(request.target()).doesNotContain("second"));
        }
    }

    @Test
    void failsForNowWhenTheTokenCannotBeRead() throws IOException {
        try (StubServer agent = agent(Map.of());
                ConsulRegistry registry = open(agent, () -> {
                    throw new UncheckedIOException(new IOException("/run/token: gone"));
                })) {
            assertThat(failure(registry.list()))
                    .isInstanceOf(Failure.Transient.class)
                    .extracting(Failure::message)
                    .asString()
                    .contains("/run/token: gone");
        }
    }

    @Test
    void removesOldChecksInTheSameRequestAndKeepsTheirStatus() throws IOException {
        try (StubServer agent = agent(Map.of(
                        "/v1/agent/services",
                        "{\"web\":{\"ID\":\"web\",\"Service\":\"web\"}}",
                        "/v1/agent/service/web",
                        "{\"ID\":\"web\",\"Service\":\"web\"}",
                        "/v1/agent/health/service/id/web",
                        """
                        {"Checks":[
                          {"CheckID":"service:web","ServiceID":"web","Status":"warning"},
                          {"CheckID":"serfHealth","ServiceID":"","Status":"critical"}]}
                        """));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(WEB)).isEqualTo(Outcome.success(Done.APPLIED));

            StubServer.Request put = agent.requests().getLast();
            assertThat(put).hasToString("PUT /v1/agent/service/register?replace-existing-checks=true");
            assertThat(put.body()).contains("\"Status\":\"warning\"");
        }
    }

    @Test
    void removesOldChecksOneByOneWhereOthersHaveAddedSome() throws IOException {
        try (StubServer agent = agent(Map.of(
                        "/v1/agent/service/web",
                        "{\"ID\":\"web\",\"Service\":\"web\"}",
                        "/v1/agent/health/service/id/web",
                        """
                        {"Checks":[
                          {"CheckID":"service:web:http:00000000","ServiceID":"web","Status":"passing"},
                          {"CheckID":"_service_maintenance:web","ServiceID":"web","Status":"critical"}]}
                        """));
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.register(WEB)).isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests())
                    .hasToString(
                            "[GET /v1/agent/service/web, GET /v1/agent/health/service/id/web?format=json, PUT /v1/agent/service/register,"
                                    + " PUT /v1/agent/check/deregister/service:web:http:00000000]");
            assertThat(agent.requests().get(2).body()).contains("\"Status\":\"passing\"");
        }
    }

    @Test
    void looksAgainAfterAWriteOfUnknownEnd() throws IOException {
        try (StubServer agent = StubServer.answering((request, exchange) -> {
                    boolean write = request.method().equals("PUT");
                    StubServer.reply(exchange, write ? 500 : 200, "{}");
                });
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(failure(registry.register(WEB))).isInstanceOf(Failure.Transient.class);
            assertThat(failure(registry.register(WEB))).isInstanceOf(Failure.Transient.class);

            assertThat(agent.requests())
                    .extracting(StubServer.Request::method)
                    .containsExactly("GET", "GET", "GET", "GET", "PUT", "GET", "GET", "PUT");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|Invalid check: json: unknown field \"X\"",
                "403|Permission denied",
                "404|404 page not found",
                "301|Moved",
                "500|Scripts are disabled on this agent; to enable, configure 'enable_script_checks'"
            })
    void rejectsForGood(int status, String body) throws IOException {
        try (StubServer agent = StubServer.answering((request, exchange) -> StubServer.reply(
                        exchange,
                        request.method().equals("PUT") ? status : 200,
                        request.method().equals("PUT") ? body + "\nmore" : "{}"));
                ConsulRegistry registry = open(agent)) {
            assertThat(failure(registry.register(WEB))).isInstanceOfSatisfying(Failure.Rejected.class, rejected -> {
                assertThat(rejected.status()).isEqualTo(status);
                assertThat(rejected.message())
                        .startsWith("PUT /v1/agent/service/register at 127.0.0.1:")
                        .contains(": " + status + " " + body)
                        .doesNotContain("more");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"429,slow down", "500,No cluster leader", "502,Bad gateway", "503,''", "408,''"})
    void failsForNow(int status, String body) throws IOException {
        try (StubServer agent = StubServer.answering(status, body);
                ConsulRegistry registry = open(agent)) {
            assertThat(failure(registry.list()))
                    .isInstanceOf(Failure.Transient.class)
                    .extracting(Failure::message)
                    .asString()
                    .startsWith("GET /v1/agent/services at 127.0.0.1:")
                    .contains(": " + status + " " + body);
            assertThat(failure(registry.register(WEB))).isInstanceOf(Failure.Transient.class);
            assertThat(failure(registry.deregister(WEB.id(), seen -> true))).isInstanceOf(Failure.Transient.class);
            assertThat(failure(registry.agent())).isInstanceOf(Failure.Transient.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "{\"web\":null}", "{\"web\":", "{\"web\":{\"Port\":\"x\"}}", "<html>"})
    void failsForNowOnAnswersThatAreNotConsuls(String body) throws IOException {
        try (StubServer agent = StubServer.answering(200, body);
                ConsulRegistry registry = open(agent)) {
            assertThat(failure(registry.list()))
                    .isInstanceOf(Failure.Transient.class)
                    .extracting(Failure::message)
                    .asString()
                    .contains("the answer is not what Consul answers");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ACL not found, the token does not exist",
        "token does not exist: ACL not found, the token does not exist",
        "'rpc error making call: Permission denied', the token needs agent:read",
    })
    void saysWhatConsulsRefusalMeans(String answer, String meaning) throws IOException {
        try (StubServer agent = StubServer.answering(403, answer);
                ConsulRegistry registry = open(agent, () -> "a-token")) {
            assertThat(failure(registry.agent()).message()).contains(answer + " (" + meaning);
        }
    }

    @Test
    void saysSoWhereNoTokenIsGiven() throws IOException {
        try (StubServer agent = StubServer.answering(403, "Permission denied: anonymous token lacks permission");
                ConsulRegistry registry = open(agent)) {
            assertThat(failure(registry.agent()).message())
                    .endsWith("(no token is given; it takes one with agent:read)");
        }
    }

    @Test
    void blamesNoTokenForARefusalThatIsNotAboutTokens() throws IOException {
        try (StubServer agent = StubServer.answering(403, "Endpoint is blocked by agent configuration");
                ConsulRegistry registry = open(agent)) {
            assertThat(failure(registry.agent()).message()).endsWith("blocked by agent configuration");
        }
    }

    @Test
    void saysItsNameToAProxyThatAsks() throws IOException {
        try (StubServer proxy = guarded("Basic bWU6czNjcmV0OnBhc3M=");
                ConsulRegistry welcome = open(proxy, new Secret("me:s3cret:pass"));
                ConsulRegistry mistaken = open(proxy, new Secret("me:other"));
                ConsulRegistry nobody = open(proxy)) {
            assertThat(welcome.list()).isInstanceOf(Outcome.Success.class);
            assertThat(failure(mistaken.list()).message())
                    .endsWith("(the user or password of CONSUL_HTTP_AUTH is wrong)")
                    .doesNotContain("other");
            assertThat(failure(nobody.list()).message()).contains("set CONSUL_HTTP_AUTH to USER:PASSWORD");
        }
    }

    private static StubServer guarded(String authorization) throws IOException {
        return StubServer.answering((request, exchange) -> {
            if (authorization.equals(request.headers().get("authorization"))) {
                StubServer.reply(exchange, 200, "{}");
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=consul");
                StubServer.reply(exchange, 401, "who are you?");
            }
        });
    }

    private static ConsulRegistry open(StubServer agent, Secret login) throws IOException {
        return ConsulRegistry.open(new ConsulSettings(
                agent.endpoint(), TlsSettings.DEFAULT, () -> "", Tenancy.NONE, Duration.ofSeconds(20), 2, login));
    }

    @Test
    void namesTheRightThatTheTokenLacks() throws IOException {
        try (StubServer agent = StubServer.answering(403, "Permission denied");
                ConsulRegistry registry = open(agent, () -> "a-token")) {
            assertThat(failure(registry.agent()).message()).endsWith("(the token needs agent:read)");
            assertThat(failure(registry.deregister(WEB.id(), seen -> true)).message())
                    .endsWith("(the token needs service:read on service web)");
        }
    }

    @Test
    void takesUnknownServicesForGone() throws IOException {
        try (StubServer agent = StubServer.answering((request, exchange) -> {
                    boolean write = request.method().equals("PUT");
                    StubServer.reply(
                            exchange, write ? 500 : 200, write ? "Unknown service \"web\"" : "{\"ID\":\"web\"}");
                });
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.deregister(WEB.id(), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
        }
    }

    @Test
    void encodesIdsInPaths() throws IOException {
        try (StubServer agent = agent(Map.of());
                ConsulRegistry registry = open(agent)) {
            assertThat(registry.deregister(new ServiceId("a.b:c_d-1"), seen -> true))
                    .isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(agent.requests()).hasToString("[GET /v1/agent/service/a.b:c_d-1]");
        }
    }

    /** An agent that answers these paths; writes succeed, and other paths are 404. */
    private static StubServer agent(Map<String, String> answers) throws IOException {
        return StubServer.answering((request, exchange) -> {
            if (request.method().equals("PUT")) {
                StubServer.reply(exchange, 200, "");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            String answer = answers.getOrDefault(path, path.equals("/v1/agent/checks") ? "{}" : null);
            StubServer.reply(exchange, answer == null ? 404 : 200, answer == null ? "unknown" : answer);
        });
    }

    private static String self(String version) {
        return "{\"Config\":{\"Version\":\"" + version + "\",\"NodeName\":\"n\"},\"Member\":{\"Addr\":\"10.0.0.1\"}}";
    }

    private static ConsulRegistry open(StubServer agent) throws IOException {
        return open(agent, () -> "");
    }

    private static ConsulRegistry open(StubServer agent, TokenSource token) throws IOException {
        return ConsulRegistry.open(new ConsulSettings(
                agent.endpoint(), TlsSettings.DEFAULT, token, Tenancy.NONE, Duration.ofSeconds(20), 2));
    }

    @Test
    void namesNamespaceAndPartitionInEveryRequest() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/self", self("1.20.1+ent"), "/v1/agent/services", "{}"));
                ConsulRegistry registry = open(agent, new Tenancy("team a", "east"))) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(WEB)).isInstanceOf(Outcome.Success.class);

            assertThat(agent.requests())
                    .hasSize(5)
                    .allSatisfy(request -> assertThat(request.target()).matches(".*[?&]ns=team\\+a&partition=east"));
        }
    }

    @Test
    void refusesANamespaceWhereTheAgentHasNone() throws IOException {
        try (StubServer agent = agent(Map.of("/v1/agent/self", self("1.8.7"), "/v1/agent/services", "{}"));
                ConsulRegistry registry = open(agent, new Tenancy("", "east"))) {
            assertThat(failure(registry.list())).isInstanceOfSatisfying(Failure.Rejected.class, rejected -> {
                assertThat(rejected.status()).isEqualTo(400);
                assertThat(rejected.message()).contains("partition east", "need Consul Enterprise", "1.8.7");
            });
        }
    }

    private static ConsulRegistry open(StubServer agent, Tenancy tenancy) throws IOException {
        return ConsulRegistry.open(new ConsulSettings(
                agent.endpoint(), TlsSettings.DEFAULT, () -> "", tenancy, Duration.ofSeconds(20), 2));
    }

    private static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Failed<?> failed -> failed.failure();
            case Outcome.Success<?> success -> throw new AssertionError("no failure: " + success);
        };
    }
}
