package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Service IDs that are more than letters and digits, on a real agent: each is what all that is done is done to. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class OddIdsIT {
    private static final Outcome<Done> APPLIED = Outcome.success(Done.APPLIED);

    private ConsulAgentProcess agent;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running();
    }

    @AfterAll
    void stopAgent() throws IOException {
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1@192.0.2.10",
                "box/any",
                "a/b/c",
                "two words",
                " outer ",
                "a?b=c&d#e",
                "50%",
                "a%2Fb",
                "a+b;c,d",
                "a\\b",
                "\"quoted\" 'twice'",
                "<b>{x}|^`~*!$()",
                "[2001:db8::1]:80",
                "größe",
                "日本",
                "😀",
                "...",
                ".hidden",
                "a..b"
            })
    void isRegisteredUpdatedPausedHeardAndRemoved(String text) throws Exception {
        ServiceDefinition web = beating(text).definition();
        try (ConsulRegistry registry = ConsulRegistry.open(agent.settings())) {
            assertThat(registry.register(web)).isEqualTo(APPLIED);
            assertThat(listed(registry)).containsExactly(Map.entry(web.id(), web.asObserved()));

            ServiceDefinition changed = beating(text).tags("new").definition();
            assertThat(registry.register(changed)).isEqualTo(APPLIED);
            assertThat(registry.heartbeat(changed, Condition.UNKNOWN)).isEqualTo(APPLIED);
            assertThat(registry.maintain(changed, "pause", Optional::isEmpty)).isEqualTo(APPLIED);
            assertThat(listed(registry))
                    .containsExactly(Map.entry(web.id(), changed.asObserved().inMaintenance("pause")));
            assertThat(registry.maintain(changed, null, Optional::isPresent)).isEqualTo(APPLIED);

            assertThat(registry.deregister(web.id(), seen -> seen.equals(changed.asObserved())))
                    .isEqualTo(APPLIED);
        }
        assertThat(agent.get("/v1/agent/services")).as("nothing is left").isEqualTo("{}");
        assertThat(agent.get("/v1/agent/checks")).as("nothing is left").isEqualTo("{}");
    }

    /** Each is so for a reason: this is what an agent does that is asked for one. */
    @ParameterizedTest
    @ValueSource(strings = {"a//b", "/a", ".", "..", "a/../b", "a/.", "a\tb", "a\nb", "\u200b", "a\u00a0b", "\u202e"})
    void isNoneWhereAnAgentCannotBeAskedForIt(String text) throws Exception {
        String path = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + agent.address() + "/v1/agent/service/" + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isIn(301, 400);
        }
        assertThat(ServiceId.isValid(text)).isFalse();
    }

    private static TestServices beating(String id) {
        return TestServices.web(id)
                .checks(TestServices.check(new Probe.Ttl(Duration.ofMinutes(1), Duration.ofSeconds(20)), null));
    }

    private static ImmutableMap<ServiceId, ObservedService> listed(ConsulRegistry registry) {
        return switch (registry.list()) {
            case Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var services) -> services;
            case Outcome.Failed<ImmutableMap<ServiceId, ObservedService>>(var failure) ->
                throw new AssertionError(failure);
        };
    }
}
