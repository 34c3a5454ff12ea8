package io.registrator.it;

import com.google.common.math.Quantiles;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * Measures how long after its first accepted connection a container is among the passing instances of its service, how long
 * after its stop signal it is not any more, and how soon an unhealthy one is not; run by
 * {@code scripts/bench.sh discovery}. {@code -Dbench.starts} containers a row, one after the other, on the real engine with a
 * real Consul agent; where Consul's own check decides, a tenth as many.
 */
class DiscoveryBenchmark {
    private static final int STARTS = Integer.getInteger("bench.starts", 200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LATE =
            "usleep $((300000 + RANDOM % 300 * 1000)); mkdir -p /www; exec httpd -f -p 8080 -h /www";

    private static final String SICK = "test ! -e /sick";

    private final List<String> table = new ArrayList<>(List.of(
            "| from | to | ports | registered on | times | median, ms | p90, ms | p99, ms | most, ms |",
            "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |"));

    @Test
    void measures() throws Exception {
        rows("published", "listening", STARTS);
        rows("internal", "listening", STARTS, "-internal");
        rows("published", "start, then Consul's own check", few(), "-register-on", "start");
        rows("internal", "start, then Consul's own check", few(), "-internal", "-register-on", "start");
        unhealthy(few() * 2);
        String text = String.join("\n", table) + "\n";
        Files.writeString(Path.of("target", "discovery.md"), text);
        System.out.println(text);
    }

    private static int few() {
        return Math.max(1, STARTS / 10);
    }

    private void rows(String ports, String registeredOn, int starts, String... options) throws Exception {
        List<Double> entered = new ArrayList<>();
        List<Double> left = new ArrayList<>();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                EngineMoments kills = new EngineMoments("kill");
                RegistratorProcess daemon = start(containers, Agent.of(consul), options)) {
            for (int i = 0; i < starts; i++) {
                String service = "bench-" + i;
                String container = enter(containers, consul, service, entered);
                left.add(leave(containers, consul, service, container, kills));
                containers.docker().docker("rm", "--force", container);
            }
            insistOnNoError(daemon);
        }
        row("first accepted connection", "among the passing", ports, registeredOn, entered);
        row("stop signal", "not among the passing", ports, registeredOn, left);
    }

    private void unhealthy(int times) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                EngineMoments moments = new EngineMoments("health_status: unhealthy");
                RegistratorProcess daemon = start(containers, Agent.of(consul), "-docker-health", "mirror")) {
            String web = containers.run(
                    "checked",
                    "-p",
                    "8080",
                    "-e",
                    "SERVICE_NAME=checked",
                    "--health-cmd",
                    SICK,
                    "--health-interval",
                    "500ms",
                    "--health-retries",
                    "1");
            for (int i = 0; i < times; i++) {
                var unused = await(consul, "checked", true);
                Instant before = Instant.now();
                containers.docker().docker("exec", web, "touch", "/sick");
                Instant critical = await(consul, "checked", false);
                Await.until(
                        "the engine's event", PATIENCE, () -> moments.of(web).isAfter(before));
                millis.add(millis(moments.of(web), critical));
                containers.docker().docker("exec", web, "rm", "/sick");
            }
            insistOnNoError(daemon);
        }
        row("event \"unhealthy\"", "not among the passing", "published", "listening", millis);
    }

    private static void insistOnNoError(RegistratorProcess daemon) {
        if (daemon.log().contains("ERROR")) {
            throw new AssertionError(daemon.log());
        }
    }

    private void row(String from, String to, String ports, String registeredOn, List<Double> millis) {
        table.add(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %.1f | %.1f | %.1f | %.1f |",
                from,
                to,
                ports,
                registeredOn,
                millis.size(),
                Quantiles.percentiles().index(50).compute(millis),
                Quantiles.percentiles().index(90).compute(millis),
                Quantiles.percentiles().index(99).compute(millis),
                Quantiles.percentiles().index(100).compute(millis)));
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static RegistratorProcess start(TestContainers containers, Agent agent, String... options)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-node-id", "bench", "-ip", containers.gateway()));
        arguments.addAll(List.of(options));
        arguments.add(agent.uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    /** Starts a container. What is measured is negative where the daemon's own connection was accepted before ours. */
    private static String enter(
            TestContainers containers, ConsulAgentProcess consul, String service, List<Double> millis)
            throws Exception {
        FutureTask<Instant> passing = inBackground(() -> await(consul, service, true));
        String name = containers.runCommand(
                service, List.of("-p", "8080", "-e", "SERVICE_NAME=" + service, "--entrypoint", "sh"), "-c", LATE);
        Instant accepted = awaitAccepted(containers.address(name));
        millis.add(millis(accepted, passing.get()));
        return name;
    }

    /** The server ignores the signal, and goes on. */
    private static double leave(
            TestContainers containers, ConsulAgentProcess consul, String service, String container, EngineMoments kills)
            throws Exception {
        FutureTask<Instant> gone = inBackground(() -> await(consul, service, false));
        containers.docker().docker("kill", "--signal", "TERM", container);
        return millis(kills.of(container), gone.get());
    }

    private static FutureTask<Instant> inBackground(Callable<Instant> question) {
        FutureTask<Instant> task = new FutureTask<>(question);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static Instant awaitAccepted(String address) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            try (Socket socket = new Socket()) {
                socket.setSoLinger(true, 0);
                socket.connect(new InetSocketAddress(address, 8080), 1000);
                return Instant.now();
            } catch (IOException notYet) {
                Thread.sleep(Duration.ofMillis(1));
            }
        }
        throw new AssertionError(address + " accepts nothing");
    }

    /** When the service came to have a passing instance, or none; asked by a blocking query. */
    private static Instant await(ConsulAgentProcess consul, String service, boolean passing) throws Exception {
        String index = "0";
        while (true) {
            HttpResponse<String> reply = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://" + consul.address() + "/v1/health/service/" + service
                                    + "?passing&wait=30s&index=" + index))
                            .build(),
                    BodyHandlers.ofString());
            Instant now = Instant.now();
            if (JsonParser.parseString(reply.body()).getAsJsonArray().isEmpty() != passing) {
                return now;
            }
            index = reply.headers().firstValue("X-Consul-Index").orElseThrow();
        }
    }
}
