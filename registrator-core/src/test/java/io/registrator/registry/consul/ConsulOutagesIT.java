package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.CheckStatus;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.net.http.HttpEndpoint;
import io.registrator.net.http.TlsSettings;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** An agent that freezes, dies, forgets. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class ConsulOutagesIT {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final int HINT_SECONDS = 20;

    private final Semaphore hints = new Semaphore(0);
    private ConsulAgentProcess agent;

    @BeforeEach
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running("addresses { http = \"127.0.0.1 unix://$DIR/consul.sock\" }");
    }

    @AfterEach
    void stopAgent() throws IOException {
        agent.close();
    }

    @Test
    void aFrozenAgentIsATransientFailureWithinTheDeadline() throws Exception {
        HttpEndpoint unix = new HttpEndpoint.Unix(agent.folder().resolve("consul.sock"));
        for (HttpEndpoint endpoint : List.of(agent.settings().endpoint(), unix)) {
            try (ConsulRegistry registry = open(endpoint, SHORT)) {
                assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
                agent.freeze();

                long start = System.nanoTime();
                String id = "by-" + endpoint.hashCode();
                Outcome<Done> outcome = registry.register(TestServices.web(id).definition());

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(3));
                assertThat(outcome)
                        .isEqualTo(Outcome.failed(new Failure.Transient(
                                "GET /v1/agent/service/" + id + " at " + endpoint + ": no answer within 700 ms")));
                agent.thaw();
                Await.until(
                        "the agent answers again",
                        Duration.ofSeconds(20),
                        () -> registry.list() instanceof Outcome.Success);
            }
        }
    }

    @Test
    void aDeadAgentIsATransientFailure() throws Exception {
        try (ConsulRegistry registry = open()) {
            agent.kill();

            assertThat(registry.list())
                    .isEqualTo(Outcome.failed(new Failure.Transient(
                            "GET /v1/agent/services at " + agent.settings().endpoint() + ": connection refused")));
        }
    }

    @Test
    void hintsWhenTheAgentComesBackWithoutItsData() throws Exception {
        try (ConsulRegistry registry = open()) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(TestServices.web("a").definition())).isEqualTo(Outcome.success(Done.APPLIED));
            watch(registry);
            agent.kill();
            agent.wipe();

            agent.launch();
            Await.until(
                    "the agent answers",
                    Duration.ofSeconds(20),
                    () -> !agent.get("/v1/agent/services").isEmpty());
            long back = System.nanoTime();

            assertThat(hints.tryAcquire(HINT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void hintsWhenAServiceVanishesOrAppearsBehindOurBackOnly() throws Exception {
        try (ConsulRegistry registry = open()) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            watch(registry);
            assertThat(registry.register(TestServices.web("a").definition())).isEqualTo(Outcome.success(Done.APPLIED));
            awaitCatalog("\"a\"", true);

            agent.put("/v1/agent/service/deregister/a", "");
            assertThat(hints.tryAcquire(HINT_SECONDS, TimeUnit.SECONDS)).isTrue();

            agent.put("/v1/agent/service/register", "{\"ID\":\"b\",\"Name\":\"b\"}");
            assertThat(hints.tryAcquire(HINT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(hints.availablePermits()).isZero();
        }
    }

    @Test
    void servicesThatTheAgentKeptAreUpdatedWithCare() throws Exception {
        ServiceDefinition web = TestServices.web("a")
                .checks(TestServices.check(TestServices.http("http://192.0.2.1/"), CheckStatus.PASSING))
                .definition();
        ServiceDefinition tagged = TestServices.web("a")
                .tags("x")
                .checks(TestServices.check(TestServices.http("http://192.0.2.1/"), CheckStatus.PASSING))
                .definition();
        try (ConsulRegistry registry = open()) {
            assertThat(registry.list()).isInstanceOf(Outcome.Success.class);
            assertThat(registry.register(web)).isEqualTo(Outcome.success(Done.APPLIED));
            agent.stop();
            agent.start();
            // An agent that starts knows nothing yet of what it has not asked.
            String before = check();
            assertThat(before).endsWith(" critical");

            assertThat(registry.list()).isEqualTo(Outcome.success(ImmutableMap.of(web.id(), web.asObserved())));
            assertThat(registry.register(tagged)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(check()).isEqualTo(before);
        }
    }

    /** The ID and the status of the only check. */
    private String check() throws IOException, InterruptedException {
        JsonObject checks =
                JsonParser.parseString(agent.get("/v1/agent/checks")).getAsJsonObject();
        assertThat(checks.keySet()).hasSize(1);
        String id = checks.keySet().iterator().next();
        return id + " " + checks.getAsJsonObject(id).get("Status").getAsString();
    }

    /** Watches, from a moment on when the watch has seen the agent once. */
    private void watch(ConsulRegistry registry) throws IOException, InterruptedException {
        registry.watch(hints::release);
        // The watch has no voice of its own: a stranger's service shows that it looks.
        for (int i = 0; !hints.tryAcquire(500, TimeUnit.MILLISECONDS); i++) {
            assertThat(i).as("strangers that the watch did not see").isLessThan(20);
            agent.put("/v1/agent/service/register", "{\"ID\":\"sign" + i + "\",\"Name\":\"sign\"}");
        }
        while (hints.tryAcquire(500, TimeUnit.MILLISECONDS)) {}
    }

    private void awaitCatalog(String words, boolean present) throws InterruptedException {
        Await.until(
                "the catalog has " + words,
                Duration.ofSeconds(20),
                () -> agent.get("/v1/catalog/node-services/" + ConsulAgentProcess.NODE)
                                .contains(words)
                        == present);
    }

    private ConsulRegistry open() throws IOException {
        return open(agent.settings().endpoint(), Duration.ofSeconds(15));
    }

    private static ConsulRegistry open(HttpEndpoint endpoint, Duration deadline) throws IOException {
        return ConsulRegistry.open(
                new ConsulSettings(endpoint, TlsSettings.DEFAULT, () -> "", Tenancy.NONE, deadline, 2));
    }
}
