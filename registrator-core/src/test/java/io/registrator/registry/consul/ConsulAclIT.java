package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonParser;
import io.registrator.model.CheckDefinition;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.net.http.TlsSettings;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final String UNKNOWN = "(the token does not exist: it is mistyped, was deleted or has expired)";
    private static final String MASTER = "11111111-1111-1111-1111-111111111111";

    private final AtomicInteger policies = new AtomicInteger();
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
        writer = writer();
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
                    "(no token is given; it takes one with service:write on \"web\")");
            assertRejected(nobody.deregister(new ServiceId("acl:2"), seen -> true), "service acl:2)");
            assertRejected(nobody.agent(), "(no token is given; it takes one with agent:read)");
        }
    }

    @Test
    void anUnknownTokenIsRejected() throws IOException {
        try (ConsulRegistry registry = open("22222222-2222-2222-2222-222222222222")) {
            assertRejected(registry.list(), UNKNOWN);
            assertRejected(registry.register(TestServices.web("acl:4").definition()), UNKNOWN);
            assertRejected(registry.agent(), UNKNOWN);
        }
    }

    @Test
    void aTokenThatWasDeletedIsSaidNotToExist() throws Exception {
        String token = writer();
        try (ConsulRegistry registry = open(token)) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            revoke(token);

            assertRejected(registry.list(), UNKNOWN);
        }
    }

    @Test
    void namesTheRightThatATokenLacks() throws Exception {
        try (ConsulRegistry registry = open(token("service_prefix \\\"\\\" { policy = \\\"read\\\" }"))) {
            assertRejected(
                    registry.register(TestServices.web("acl:5").definition()),
                    "(the token needs service:write on \"web\")");
        }
    }

    @Test
    void aServiceIsRegisteredAnewWithANewTokenAndLeavesNothingBehind() throws Exception {
        ServiceDefinition service = TestServices.web("acl:rotated").definition();
        ServiceId id = service.id();
        AtomicReference<String> token = new AtomicReference<>(writer());
        try (ConsulRegistry registry = open(token::get)) {
            assertThat(registry.register(service)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(listed(registry, id).outdatedToken()).isFalse();
            String old = token.getAndSet(writer());

            assertThat(listed(registry, id).outdatedToken()).isTrue();
            assertThat(registry.register(service)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(listed(registry, id)).isEqualTo(service.asObserved());

            revoke(old);
            assertThat(registry.deregister(id, seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
            awaitNotInCatalog(id);
        }
    }

    @Test
    void aServiceWhoseTokenIsGoneIsRemovedFromTheCatalogAllTheSame() throws Exception {
        ServiceDefinition service = TestServices.web("acl:orphan").definition();
        AtomicReference<String> token = new AtomicReference<>(writer());
        try (ConsulRegistry registry = open(token::get)) {
            assertThat(registry.register(service)).isEqualTo(Outcome.success(Done.APPLIED));
            awaitInCatalog(service.id());
            revoke(token.getAndSet(writer()));

            assertThat(registry.deregister(service.id(), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));

            awaitNotInCatalog(service.id());
        }
    }

    @Test
    void aServicesOwnTokenDoesWhatOursMayNot() throws Exception {
        String own = token("service \\\"web\\\" { policy = \\\"write\\\" }");
        ServiceDefinition service = TestServices.web("acl:own").token(own).definition();
        String reader = token("service_prefix \\\"\\\" { policy = \\\"read\\\" }");
        try (ConsulRegistry registry = open(reader)) {
            assertThat(registry.register(service)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(listed(registry, service.id())).isEqualTo(service.asObserved());
        }
        try (ConsulRegistry later = open(reader)) {
            assertRejected(later.deregister(service.id(), seen -> true), "service acl:own)");
            later.useToken(service.id(), new Secret(own));
            assertThat(later.deregister(service.id(), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
        }
    }

    @Test
    void aServiceThatOurTokenMayNotReadIsListedByItsOwn() throws Exception {
        String own = token("service \\\"web\\\" { policy = \\\"write\\\" }");
        ServiceDefinition service = TestServices.web("acl:hidden").token(own).definition();
        try (ConsulRegistry registry = open(token("agent_prefix \\\"\\\" { policy = \\\"read\\\" }"))) {
            assertThat(registry.register(service)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(listed(registry, service.id())).isEqualTo(service.asObserved());

            assertThat(registry.deregister(service.id(), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(registry.list().toString()).doesNotContain("acl:hidden");
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
        return open(() -> token);
    }

    private ConsulRegistry open(TokenSource tokens) throws IOException {
        return ConsulRegistry.open(new ConsulSettings(
                agent.settings().endpoint(), TlsSettings.DEFAULT, tokens, Tenancy.NONE, Duration.ofSeconds(15), 2));
    }

    private static ObservedService listed(ConsulRegistry registry, ServiceId id) {
        return registry.list() instanceof Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var services)
                ? Objects.requireNonNull(services.get(id))
                : fail("no listing");
    }

    private void awaitInCatalog(ServiceId id) throws InterruptedException {
        Await.until(
                "the catalog has " + id, Duration.ofSeconds(10), () -> catalog().contains("\"" + id + "\""));
    }

    private void awaitNotInCatalog(ServiceId id) throws InterruptedException {
        Await.until(
                "the catalog has forgotten " + id,
                Duration.ofSeconds(10),
                () -> !catalog().contains("\"" + id + "\""));
    }

    private String catalog() throws IOException, InterruptedException {
        return agent.get("/v1/catalog/node-services/" + ConsulAgentProcess.NODE);
    }

    private void revoke(String secret) throws IOException, InterruptedException {
        String accessor = JsonParser.parseString(agent.as(secret).get("/v1/acl/token/self"))
                .getAsJsonObject()
                .get("AccessorID")
                .getAsString();
        agent.as(MASTER).delete("/v1/acl/token/" + accessor);
    }

    private String writer() throws IOException, InterruptedException {
        return token("service_prefix \\\"\\\" { policy = \\\"write\\\" }");
    }

    private String token(String rules) throws IOException, InterruptedException {
        String policy = "test-" + policies.incrementAndGet();
        agent.put("/v1/acl/policy", "{\"Name\":\"" + policy + "\",\"Rules\":\"" + rules + "\"}");
        String created = agent.put("/v1/acl/token", "{\"Policies\":[{\"Name\":\"" + policy + "\"}]}");
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
