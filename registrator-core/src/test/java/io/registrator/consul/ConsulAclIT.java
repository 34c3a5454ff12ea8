package io.registrator.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonParser;
import io.registrator.http.TlsSettings;
import io.registrator.model.CheckDefinition;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** An agent with ACLs on that denies what no rule allows. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ConsulAclIT {
    private static final String MASTER = "11111111-1111-1111-1111-111111111111";

    private ConsulAgentProcess agent;
    private String writer;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running(
                "acl { enabled = true default_policy = \"deny\" tokens { master = \"" + MASTER + "\" } }");
        agent.as(MASTER);
        Await.until(
                "Consul has left its legacy ACL mode",
                Duration.ofSeconds(30),
                () -> !agent.get("/v1/acl/policies").isEmpty());
        writer = token("service_prefix \\\"\\\" { policy = \\\"write\\\" }");
    }

    @AfterAll
    void stopAgent() throws IOException {
        agent.close();
    }

    @Test
    void aTokenWithServiceWriteIsEnoughToKeepServices() throws IOException {
        try (ConsulRegistry registry = open(writer)) {
            assertThat(registry.register(TestServices.web("acl:1").definition()))
                    .isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(registry.list())
                    .isInstanceOfSatisfying(
                            Outcome.Success.class,
                            listed -> assertThat(listed.toString()).contains("acl:1"));
            assertThat(registry.deregister(new ServiceId("acl:1"), seen -> true))
                    .isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(registry.deregister(new ServiceId("acl:1"), seen -> true))
                    .isEqualTo(Outcome.success(Done.APPLIED));
        }
    }

    @Test
    void withoutATokenTheListingIsEmptyAndWritesAreRejected() throws IOException {
        try (ConsulRegistry registry = open(writer);
                ConsulRegistry nobody = open("")) {
            assertThat(registry.register(TestServices.web("acl:2").definition()))
                    .isEqualTo(Outcome.success(Done.APPLIED));

            assertThat(nobody.list()).isEqualTo(Outcome.success(ImmutableMap.of()));
            assertRejected(
                    nobody.register(TestServices.web("acl:3").definition()),
                    "(the token needs service:write on \"web\")");
            assertRejected(nobody.deregister(new ServiceId("acl:2"), seen -> true), "service acl:2)");
            assertRejected(nobody.agent(), "(the token needs agent:read)");
        }
    }

    @Test
    void anUnknownTokenIsRejected() throws IOException {
        try (ConsulRegistry registry = open("22222222-2222-2222-2222-222222222222")) {
            assertRejected(registry.list(), "ACL not found");
            assertRejected(registry.register(TestServices.web("acl:4").definition()), "ACL not found");
        }
    }

    @Test
    void whereTheVersionIsForbiddenOnlyOldFieldsAreSent() throws IOException {
        CheckDefinition gated = new CheckDefinition(
                "http", TestServices.http("http://192.0.2.1/"), Duration.ofHours(1), null, null, null, 2, 1, 3);
        try (ConsulRegistry registry = open(writer)) {
            assertThat(registry.register(TestServices.web("acl:5").checks(gated).definition()))
                    .isEqualTo(Outcome.success(Done.APPLIED));
        }
    }

    private ConsulRegistry open(String token) throws IOException {
        return ConsulRegistry.open(new ConsulSettings(
                agent.settings().endpoint(), TlsSettings.DEFAULT, () -> token, Duration.ofSeconds(15), 2));
    }

    private String token(String rules) throws IOException, InterruptedException {
        agent.put("/v1/acl/policy", "{\"Name\":\"test\",\"Rules\":\"" + rules + "\"}");
        String created = agent.put("/v1/acl/token", "{\"Policies\":[{\"Name\":\"test\"}]}");
        return JsonParser.parseString(created).getAsJsonObject().get("SecretID").getAsString();
    }

    private static void assertRejected(Outcome<?> outcome, String words) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(Failure.Rejected.class, rejected -> {
                                    assertThat(rejected.status()).isEqualTo(403);
                                    assertThat(rejected.message()).contains(words);
                                }));
    }
}
