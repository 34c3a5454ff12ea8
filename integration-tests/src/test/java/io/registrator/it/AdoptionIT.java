package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Takes over from gliderlabs/registrator, whose services are in Consul as it registers them. */
class AdoptionIT {
    private static final String NODE = "adoption";
    private static final String FOREIGN = "vault:10.0.0.9:8200";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The passes at the start, and two more. */
    private static final int FULL_PASSES = 4;

    @Test
    void takesOverWithOneWriteEachAndNoFlap() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                FaultyConsul proxy = new FaultyConsul(consul.address().toString())) {
            Agent agent = Agent.of(consul);
            Set<String> running = ancestor(agent, containers);
            Set<String> others = others(agent, containers);
            awaitAllPassing(agent);
            Set<String> all = new TreeSet<>(running);
            all.addAll(others);

            try (HealthWatch watch = new HealthWatch(agent, all).awaitLooks(1);
                    RegistratorProcess daemon = start(containers, proxy)) {
                Await.until("two passes after the first", SOON, () -> fullPasses(proxy) >= FULL_PASSES);
                awaitProbed(agent, running);
                watch.awaitLooks(2);

                assertThat(watch.troubles()).isEmpty();
                assertThat(watch.checks()).anyMatch(id -> id.contains(":tcp:")).anyMatch(id -> id.contains(":http:"));
                assertThat(registered(proxy)).containsExactlyInAnyOrderElementsOf(running);
                assertThat(proxy.requests("PUT", "/v1/agent/service/deregister"))
                        .isEmpty();
                assertThat(agent.services()).containsOnlyKeys(all);
                for (String id : running) {
                    assertThat(agent.checks(id)).as(id).containsExactly("passing");
                    assertThat(meta(agent, id)).contains("registrator-owner\":\"" + NODE);
                }
                assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
            }
            removesWhatIsLeftOverOnlyWhenAsked(agent, containers, proxy, running);
        }
    }

    /** Which containers run does not depend on which of them it is to register. */
    @Test
    void cleansUpNothingOfRunningContainersThatItLeavesOut() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                FaultyConsul proxy = new FaultyConsul(consul.address().toString())) {
            Agent agent = Agent.of(consul);
            Set<String> running = ancestor(agent, containers);
            running.remove("shop-by-its-own-id");
            String gone = NODE + ":" + containers.name("gone1") + ":8080";
            others(agent, containers);

            try (RegistratorProcess daemon =
                    startWith("label=team=" + containers.prefix(), containers, proxy, "-cleanup")) {
                Await.until(
                        "what is gone is cleaned up",
                        SOON,
                        () -> !agent.services().containsKey(gone));
                int passes = fullPasses(proxy);
                Await.until("two more passes", SOON, () -> fullPasses(proxy) >= passes + 2);

                assertThat(agent.services()).containsKeys(running.toArray(String[]::new));
                assertThat(registered(proxy)).isEmpty();
                assertThat(daemon.log()).doesNotContain("ERROR");
            }
        }
    }

    private static void removesWhatIsLeftOverOnlyWhenAsked(
            Agent agent, TestContainers containers, FaultyConsul proxy, Set<String> running) throws Exception {
        String foreign = agent.service(FOREIGN).toString();
        int before = registered(proxy).size();
        Set<String> left = new TreeSet<>(running);
        left.add(FOREIGN);
        try (HealthWatch watch = new HealthWatch(agent, left).awaitLooks(1);
                RegistratorProcess daemon = start(containers, proxy, "-cleanup")) {
            Await.until(
                    "the stale ones are gone",
                    SOON,
                    () -> agent.services().keySet().equals(left));
            watch.awaitLooks(2);

            assertThat(watch.troubles()).isEmpty();
            assertThat(registered(proxy)).hasSize(before);
            assertThat(proxy.requests("PUT", "/v1/agent/service/deregister")).hasSize(2);
            assertThat(agent.service(FOREIGN).toString()).isEqualTo(foreign);
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    /** Six containers that run, and what gliderlabs/registrator registers for them. */
    private static Set<String> ancestor(Agent agent, TestContainers containers) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            List<String> options = new ArrayList<>(List.of(
                    "-p",
                    "8080",
                    "-e",
                    "SERVICE_NAME=shop",
                    "-e",
                    "SERVICE_TAGS=a,b",
                    "-e",
                    "SERVICE_REGION=eu",
                    "-e",
                    "SERVICE_CHECK_INTERVAL=1s"));
            boolean http = i % 2 == 0;
            if (http) {
                options.addAll(List.of("-e", "SERVICE_CHECK_HTTP=/health"));
            }
            String id = i == 5 ? "shop-by-its-own-id" : NODE + ":" + containers.name("n" + i) + ":8080";
            if (i == 5) {
                options.addAll(List.of("-e", "SERVICE_ID=" + id));
            }
            String name = containers.run("n" + i, options.toArray(String[]::new));
            int port = containers.hostPort(name, "8080/tcp");
            agent.register(registration(id, containers.gateway(), port, http));
            ids.add(id);
        }
        return ids;
    }

    /** What it left of two containers that are gone, and a service that somebody else registered. */
    private static Set<String> others(Agent agent, TestContainers containers) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String gone : List.of("gone1", "gone2")) {
            String id = NODE + ":" + containers.name(gone) + ":8080";
            agent.register(registration(id, "10.0.0.8", 32_768, false));
            ids.add(id);
        }
        agent.register("{\"ID\":\"" + FOREIGN + "\",\"Name\":\"vault\",\"Address\":\"10.0.0.9\",\"Port\":8200}");
        ids.add(FOREIGN);
        return ids;
    }

    /** The body that it sends, by the recorded ones. */
    private static String registration(String id, String address, int port, boolean http) {
        String check =
                http ? "{\"Interval\":\"1s\",\"HTTP\":\"http://%s:%d/health\"}".formatted(address, port) : "null";
        String meta = http
                ? "{\"check_http\":\"/health\",\"check_interval\":\"1s\",\"region\":\"eu\"}"
                : "{\"check_interval\":\"1s\",\"region\":\"eu\"}";
        return """
                {"ID":"%s","Name":"shop","Tags":["b","a"],"Port":%d,"Address":"%s","Check":%s,"Checks":null,"Meta":%s}
                """.formatted(id, port, address, check, meta);
    }

    private static RegistratorProcess start(TestContainers containers, FaultyConsul proxy, String... options)
            throws InterruptedException {
        return startWith(containers.filter(), containers, proxy, options);
    }

    private static RegistratorProcess startWith(
            String filter, TestContainers containers, FaultyConsul proxy, String... options)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("-node-id", NODE, "-filter", filter, "-ip", containers.gateway(), "-resync", "1"));
        arguments.addAll(List.of(options));
        arguments.add(proxy.uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    private static int fullPasses(FaultyConsul proxy) {
        return proxy.requests("GET", "/v1/agent/services").size();
    }

    private static List<String> registered(FaultyConsul proxy) {
        List<FaultyConsul.Request> requests = proxy.requests("PUT", "/v1/agent/service/register");
        return requests.stream()
                .map(request -> JsonParser.parseString(request.body()).getAsJsonObject())
                .map(body -> body.get("ID").getAsString())
                .toList();
    }

    private static String meta(Agent agent, String id) throws Exception {
        return agent.service(id).get("Meta").toString();
    }

    private static void awaitAllPassing(Agent agent) throws InterruptedException {
        Await.until("the old checks pass", SOON, () -> agent.passing("shop") == 8);
    }

    /** Until the new checks have had their first probe: what they show then is no first status any more. */
    private static void awaitProbed(Agent agent, Set<String> services) throws InterruptedException {
        Await.until("the new checks have been probed", SOON, () -> {
            JsonObject checks =
                    JsonParser.parseString(agent.get("/v1/agent/checks")).getAsJsonObject();
            return checks.asMap().values().stream()
                            .map(check -> check.getAsJsonObject())
                            .filter(check -> !check.get("Output").getAsString().isEmpty())
                            .filter(check ->
                                    services.contains(check.get("ServiceID").getAsString()))
                            .count()
                    == services.size();
        });
    }
}
