package io.registrator.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When services enter discovery and when they leave it, as a client of Consul sees it. */
class DiscoveryIT {
    private static final String NODE = "discovery";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Listens when it is told to. */
    private static final String LATE = "until [ -e /go ]; do sleep 0.1; done; exec httpd -f -p 8080 -h /www";

    /** Goes on serving for three seconds after it was asked to stop, and ends then. */
    private static final String GRACEFUL = """
            httpd -f -p 8080 -h /www &
            web=$!
            trap 'sleep 3; kill $web; exit 0' TERM
            while kill -0 $web; do wait $web; done
            """;

    private static final String DEAF = "trap '' TERM; httpd -f -p 8080 -h /www";

    private final TestContainers containers = TestContainers.ofWeb();
    private ConsulAgentProcess consul;
    private Agent agent;

    @BeforeEach
    void startConsul() throws Exception {
        consul = ConsulAgentProcess.running();
        agent = Agent.of(consul);
    }

    @AfterEach
    void tearDown() throws IOException {
        containers.close();
        consul.close();
    }

    @Test
    void registersWhatListensAndNotBefore() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String late = shell("late", LATE, "-p", "8080", "-e", "SERVICE_NAME=late");
            Await.until("it waits", SOON, () -> daemon.log().contains("waiting      " + id(late)));
            // What starts after it is registered before it.
            String prompt = shell("prompt", "exec httpd -f -p 8080 -h /www", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), List.of(id(prompt)), SOON);

            containers.docker().docker("exec", late, "touch", "/go");
            Await.until("it is discoverable", SOON, () -> agent.passing("late") == 1);

            assertThat(get(published(late), "/health")).isEqualTo("ok\n");
            assertThat(agent.checks(id(late))).containsExactly("passing");
        }
    }

    @Test
    void leavesDiscoveryWhileItFinishesItsRequests() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String staying = shell("staying", GRACEFUL, "-p", "8080", "-e", "SERVICE_NAME=web");
            String leaving = shell("leaving", GRACEFUL, "-p", "8080", "-e", "SERVICE_NAME=web");
            Await.until("both are discoverable", SOON, () -> agent.passing("web") == 2);

            try (Clients clients = new Clients("web")) {
                clients.awaitRequests(20);
                Thread stop = Thread.ofVirtual().start(() -> containers.docker().docker("stop", leaving));
                Await.until("one has left", SOON, () -> agent.passing("web") == 1);
                assertThat(containers.running()).contains(leaving);
                stop.join();
                clients.awaitRequests(20);

                assertThat(clients.failures()).isEmpty();
            }
            assertThat(agent.ids(NODE, containers.prefix())).containsExactly(id(staying));
            assertThat(daemon.log()).contains("draining     ").doesNotContain("still runs");
        }
    }

    @Test
    void comesBackWhenItDoesNotStop() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String deaf = shell("deaf", DEAF, "-p", "8080", "--stop-timeout", "1", "-e", "SERVICE_NAME=deaf");
            Await.until("it is discoverable", SOON, () -> agent.passing("deaf") == 1);

            containers.docker().docker("kill", "--signal", "TERM", deaf);
            Await.until("it has left", SOON, () -> agent.passing("deaf") == 0);
            Await.until("it is back", SOON, () -> agent.passing("deaf") == 1);

            assertThat(daemon.log()).contains("was asked to stop and still runs");
        }
    }

    @Test
    void showsAHealthcheckAsItChanges() throws Exception {
        try (RegistratorProcess daemon = start("-docker-health", "mirror")) {
            String checked = containers.run(
                    "checked",
                    "-p",
                    "8080",
                    "--health-cmd",
                    "test -e /sick && echo feverish && exit 1 || echo fine",
                    "--health-interval",
                    "1s",
                    "--health-retries",
                    "1");
            Await.until("it is healthy", SOON, () -> mirrored(checked).equals(Optional.of("passing: fine\n")));

            containers.docker().docker("exec", checked, "touch", "/sick");
            Await.until("it is unhealthy", SOON, () -> mirrored(checked).equals(Optional.of("critical: feverish\n")));
            containers.docker().docker("exec", checked, "rm", "/sick");
            Await.until("it is healthy again", SOON, () -> mirrored(checked).equals(Optional.of("passing: fine\n")));
            assertThat(daemon.log()).doesNotContain("WARN");
        }
    }

    @Test
    void keepsAPausedContainerInMaintenanceThroughRestarts() throws Exception {
        String web;
        try (RegistratorProcess daemon = start()) {
            web = containers.run("paused", "-p", "8080", "-e", "SERVICE_NAME=paused");
            Await.until("it is discoverable", SOON, () -> agent.passing("paused") == 1);
            containers.docker().docker("pause", web);
            Await.until("it is in maintenance", SOON, () -> agent.passing("paused") == 0);
            assertThat(maintenance(web)).contains("registrator: container " + web + " is paused");
        }
        try (RegistratorProcess restarted = start("-resync", "1")) {
            assertThat(maintenance(web)).isPresent();
            consul.stop();
            consul.start();
            Await.until(
                    "Consul has its services again",
                    SOON,
                    () -> agent.services().containsKey(id(web)));
            assertThat(maintenance(web)).isPresent();
            String later = containers.run("later", "-p", "8080");
            Await.until(
                    "Consul is written to again", SOON, () -> agent.services().containsKey(id(later)));
            assertThat(maintenance(web)).isPresent();
            assertThat(restarted.log()).doesNotContain("ERROR");

            containers.docker().docker("unpause", web);

            Await.until("it is out of maintenance", SOON, () -> maintenance(web).isEmpty());
            Await.until("it is discoverable again", SOON, () -> agent.passing("paused") == 1);
        }
    }

    @Test
    void isNeverWithoutTheServiceOfAContainerThatIsRenamed() throws Exception {
        try (RegistratorProcess daemon = start()) {
            String before = containers.run("before", "-p", "8080", "-e", "SERVICE_NAME=named");
            Await.until("it is discoverable", SOON, () -> agent.passing("named") == 1);
            String after = containers.name("after");

            try (Clients clients = new Clients("named")) {
                containers.docker().docker("rename", before, after);
                Await.until(
                        "it has its new ID alone",
                        SOON,
                        () -> agent.ids(NODE, containers.prefix()).equals(Set.of(id(after))));
                clients.awaitRequests(10);

                assertThat(clients.failures()).isEmpty();
            }
            assertThat(daemon.log()).doesNotContain("WARN");
        }
    }

    private RegistratorProcess start(String... options) throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("-node-id", NODE, "-filter", containers.filter(), "-ip", containers.gateway()));
        arguments.addAll(List.of(options));
        arguments.add(agent.uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    /** Runs a container whose first process is a shell with this script. */
    private String shell(String suffix, String script, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--entrypoint", "sh"));
        return containers.runCommand(suffix, all, "-c", "mkdir -p /www; echo ok >/www/health; " + script);
    }

    private static String id(String container) {
        return NODE + ":" + container + ":8080";
    }

    private String published(String container) {
        return containers.gateway() + ":" + containers.hostPort(container, "8080/tcp");
    }

    /** Status and output of the check that shows the HEALTHCHECK. */
    private Optional<String> mirrored(String container) throws Exception {
        return check("service:" + id(container) + ":health:")
                .map(check -> check.get("Status").getAsString() + ": "
                        + check.get("Output").getAsString());
    }

    private Optional<String> maintenance(String container) throws Exception {
        return check("_service_maintenance:" + id(container))
                .map(check -> check.get("Notes").getAsString());
    }

    private Optional<JsonObject> check(String idPrefix) throws Exception {
        return JsonParser.parseString(agent.get("/v1/agent/checks")).getAsJsonObject().asMap().entrySet().stream()
                .filter(check -> check.getKey().startsWith(idPrefix))
                .map(check -> check.getValue().getAsJsonObject())
                .findFirst();
    }

    private static String get(String address, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    /** Clients that ask Consul for a passing instance before each request, and remember every request that failed. */
    private final class Clients implements AutoCloseable {
        private static final int CLIENTS = 3;
        private final String service;
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger requests = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean over;

        Clients(String service) {
            this.service = service;
            for (int i = 0; i < CLIENTS; i++) {
                threads.add(Thread.ofVirtual().start(this::goOn));
            }
        }

        void awaitRequests(int count) throws InterruptedException {
            int before = requests.get();
            Await.until(count + " requests", SOON, () -> requests.get() >= before + count);
        }

        Queue<String> failures() {
            return failures;
        }

        private void goOn() {
            while (!over) {
                try {
                    request();
                } catch (IOException | RuntimeException | InterruptedException e) {
                    failures.add(e.toString());
                }
                requests.incrementAndGet();
            }
        }

        private void request() throws IOException, InterruptedException {
            List<JsonElement> instances = JsonParser.parseString(
                            agent.get("/v1/health/service/" + service + "?passing"))
                    .getAsJsonArray()
                    .asList();
            if (instances.isEmpty()) {
                failures.add("no instance of " + service);
                return;
            }
            JsonObject chosen = instances
                    .get(requests.get() % instances.size())
                    .getAsJsonObject()
                    .getAsJsonObject("Service");
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                chosen.get("Address").getAsString(),
                                chosen.get("Port").getAsInt()),
                        2000);
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write("GET /health HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
                String reply = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                if (!reply.contains(" 200 ")) {
                    failures.add("answered '" + reply + "'");
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
