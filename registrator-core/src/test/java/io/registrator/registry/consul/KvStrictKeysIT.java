package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.reconcile.ServiceRegistry;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.reconcile.ServiceRegistryContract;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.StubServer;
import io.registrator.testing.StubServer.Request;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against a key-value store that refuses colons and more in the path, as Consul 1.21.5 does. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KvStrictKeysIT extends ServiceRegistryContract {
    private static final String KV = "/v1/kv/";

    /** Of Consul's {@code agent/kvs_endpoint.go} in version 1.21.5. */
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9,_./\\-?&=]+");

    private final HttpClient client = HttpClient.newHttpClient();
    private ConsulAgentProcess agent;
    private StubServer strict;
    private KvRegistry registry;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running();
        strict = StubServer.answering(this::forward);
    }

    @AfterAll
    void stopAgent() throws IOException {
        strict.close();
        client.shutdownNow();
        agent.close();
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        agent.delete(KV + "?recurse");
        registry = open("services/web");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Override
    protected ServiceRegistry registry() {
        return registry;
    }

    @Test
    void leavesNothingBehindUnderAPrefixThatIsRefusedToo() throws Exception {
        ServiceDefinition web = TestServices.web("node-1:web:80").definition();
        try (KvRegistry odd = open("dc:1/my services")) {
            assertThat(odd.register(web)).isEqualTo(Outcome.success(Done.APPLIED));
            assertThat(odd.list())
                    .isInstanceOfSatisfying(
                            Outcome.Success.class,
                            listed -> assertThat(listed.value().toString()).contains("node-1:web:80"));

            assertThat(odd.deregister(web.id(), seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
        }
        assertThat(agent.get(KV + "?keys")).isEqualTo("[]");
    }

    private KvRegistry open(String prefix) throws IOException {
        return KvRegistry.open(new KvSettings(ConsulSettings.of(strict.endpoint()), prefix, KvFormat.PLAIN));
    }

    private void forward(Request request, HttpExchange exchange) throws IOException, InterruptedException {
        URI target = URI.create("http://" + agent.address() + request.target());
        String key = target.getPath().startsWith(KV) ? target.getPath().substring(KV.length()) : "";
        if (!key.isEmpty() && (!ALLOWED.matcher(key).matches() || key.contains(".."))) {
            StubServer.reply(
                    exchange, 500, "invalid key name, keys should respect the \"^[a-zA-Z0-9,_./\\\\-?&=]+$\" format");
            return;
        }
        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(target)
                        .method(request.method(), BodyPublishers.ofString(request.body()))
                        .build(),
                BodyHandlers.ofString());
        reply.headers()
                .firstValue("X-Consul-Index")
                .ifPresent(index -> exchange.getResponseHeaders().set("X-Consul-Index", index));
        StubServer.reply(exchange, reply.statusCode(), reply.body());
    }
}
