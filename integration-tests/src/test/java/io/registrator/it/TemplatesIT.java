package io.registrator.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpServer;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Tags by Go templates, over containers of a real engine. */
class TemplatesIT {
    private static final String NODE = "templates";
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void tagsWhatItCanAndSaysWhatItCannot() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(
                        containers,
                        consul,
                        "-tags",
                        "id-{{strSlice .ID 0 12}},{{range $name, $net := .NetworkSettings.Networks}}on-{{$name}},{{end}}")) {
            String plain = containers.run("plain", "-p", "8080");
            String own = containers.run(
                    "own", "-p", "8080", "-l", "SERVICE_TAGS_TEMPLATE=tier-{{.Config.Labels.tier}}", "-l", "tier=web");
            String broken = containers.run("broken", "-p", "8080", "-l", "SERVICE_TAGS_TEMPLATE=x,{{.Config.Nmae}}");
            Agent agent = Agent.of(consul);

            agent.awaitIds(NODE, containers.prefix(), List.of(id(plain), id(own)), SOON);
            daemon.awaitLog("SERVICE_TAGS_TEMPLATE fails at 1:12: there is no field Nmae");

            String shortId = containers.id(plain).substring(0, 12);
            assertThat(tags(agent, plain)).containsExactly("id-" + shortId, "on-bridge");
            assertThat(tags(agent, own)).contains("tier-web", "on-bridge");
            assertThat(daemon.log()).contains(broken + " (");
        }
    }

    @Test
    void waitsForTheWebWithoutTouchingWhatIsThere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer web = web(asked);
        String template =
                "{{jsonParse (httpGet \"http://127.0.0.1:" + web.getAddress().getPort() + "/zone\") \"zone\"}}";
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers, consul, "-allow-template-http", "-tags", template)) {
            String name = containers.run("web", "-p", "8080");
            Agent agent = Agent.of(consul);

            daemon.awaitLog("answered 503");
            agent.awaitIds(NODE, containers.prefix(), List.of(id(name)), SOON);

            assertThat(tags(agent, name)).containsExactly("eu-1");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void doesNotStartWithATemplateThatIsNone() throws Exception {
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon =
                        RegistratorProcess.launch(containers.docker().host(), "-tags", "a-{{.Name", "memory:")) {
            assertThat(daemon.exitCode()).isEqualTo(2);
            assertThat(daemon.log())
                    .contains("-tags")
                    .contains("1:3: unclosed action")
                    .hasLineCount(1);
        }
    }

    /** Two failures, then the answer. */
    private static HttpServer web(AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/zone", exchange -> {
            byte[] body = "{\"zone\":\"eu-1\"}".getBytes(UTF_8);
            boolean ready = asked.incrementAndGet() > 2;
            exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static RegistratorProcess start(TestContainers containers, ConsulAgentProcess consul, String... options)
            throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("-node-id", NODE, "-filter", containers.filter(), "-ip", containers.gateway()));
        arguments.addAll(List.of(options));
        arguments.add("consul://" + consul.address());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    private static List<String> tags(Agent agent, String name) throws IOException, InterruptedException {
        return StreamSupport.stream(
                        agent.service(id(name)).getAsJsonArray("Tags").spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
