package io.registrator.it;

import com.google.common.math.Quantiles;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * Measures how long after its first accepted connection a container is among the passing instances of its service; run by
 * {@code scripts/bench.sh discovery}. {@code -Dbench.starts} containers a row, one after the other, on the real engine with a
 * real Consul agent; where Consul's own check decides, a tenth as many.
 */
class DiscoveryBenchmark {
    private static final int STARTS = Integer.getInteger("bench.starts", 200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LATE =
            "usleep $((300000 + RANDOM % 300 * 1000)); mkdir -p /www; exec httpd -f -p 8080 -h /www";

    private final List<String> table = new ArrayList<>(List.of(
            "| ports | registered on | starts | median, ms | p90, ms | p99, ms | most, ms |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: |"));

    @Test
    void measures() throws Exception {
        row("published", "listening", STARTS);
        row("internal", "listening", STARTS, "-internal");
        row("published", "start, then Consul's own check", Math.max(1, STARTS / 10), "-register-on", "start");
        row(
                "internal",
                "start, then Consul's own check",
                Math.max(1, STARTS / 10),
                "-internal",
                "-register-on",
                "start");
        String text = String.join("\n", table) + "\n";
        Files.writeString(Path.of("target", "discovery.md"), text);
        System.out.println(text);
    }

    private void row(String ports, String registeredOn, int starts, String... options) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers, Agent.of(consul), options)) {
            for (int i = 0; i < starts; i++) {
                millis.add(measure(containers, consul, "bench-" + i));
            }
            if (daemon.log().contains("ERROR")) {
                throw new AssertionError(daemon.log());
            }
        }
        table.add(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f |",
                ports,
                registeredOn,
                starts,
                Quantiles.percentiles().index(50).compute(millis),
                Quantiles.percentiles().index(90).compute(millis),
                Quantiles.percentiles().index(99).compute(millis),
                Quantiles.percentiles().index(100).compute(millis)));
    }

    private static RegistratorProcess start(TestContainers containers, Agent agent, String... options)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-node-id", "bench", "-ip", containers.gateway()));
        arguments.addAll(List.of(options));
        arguments.add(agent.uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    /** Negative where the daemon's own probe was accepted before ours. */
    private static double measure(TestContainers containers, ConsulAgentProcess consul, String service)
            throws Exception {
        FutureTask<Long> passing = inBackground(() -> awaitPassing(consul, service));
        String name = containers.runCommand(
                service, List.of("-p", "8080", "-e", "SERVICE_NAME=" + service, "--entrypoint", "sh"), "-c", LATE);
        long accepted = awaitAccepted(containers.address(name));
        long discovered = passing.get();
        containers.docker().docker("rm", "--force", name);
        return (discovered - accepted) / 1e6;
    }

    private static FutureTask<Long> inBackground(Callable<Long> question) {
        FutureTask<Long> task = new FutureTask<>(question);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static long awaitAccepted(String address) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket()) {
                socket.setSoLinger(true, 0);
                socket.connect(new InetSocketAddress(address, 8080), 1000);
                return System.nanoTime();
            } catch (IOException notYet) {
                Thread.sleep(Duration.ofMillis(1));
            }
        }
        throw new AssertionError(address + " accepts nothing");
    }

    private static long awaitPassing(ConsulAgentProcess consul, String service) throws Exception {
        String index = "0";
        while (true) {
            HttpResponse<String> reply = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://" + consul.address() + "/v1/health/service/" + service
                                    + "?passing&wait=30s&index=" + index))
                            .build(),
                    BodyHandlers.ofString());
            long now = System.nanoTime();
            JsonArray instances = JsonParser.parseString(reply.body()).getAsJsonArray();
            if (!instances.isEmpty()) {
                return now;
            }
            index = reply.headers().firstValue("X-Consul-Index").orElseThrow();
        }
    }
}
