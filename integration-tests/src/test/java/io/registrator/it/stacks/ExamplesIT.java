package io.registrator.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.io.Resources;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The compose files in examples/ as they are shipped, run by docker-compose. */
class ExamplesIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final InetSocketAddress PROXY = new InetSocketAddress(ExampleHost.ADDRESS, 8000);
    private static final Duration SOON = Duration.ofSeconds(30);

    private static ExampleHost host;

    @BeforeAll
    static void start() throws IOException {
        host = ExampleHost.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void theSmallestShowsAServiceThatScales() throws Exception {
        try (Compose example = example(".")) {
            for (int count : new int[] {2, 5, 2}) {
                example.scale("web", count);
                awaitPassing(example, count);
            }
            awaitNothingRegisteredWithout(example, "web");
        }
    }

    @Test
    void nginxWithConsulTemplateFailsNoRequest() throws Exception {
        try (Compose example = example("1-nginx")) {
            scalesWithoutAFailure(example, PROXY);
            awaitNothingRegisteredWithout(example, "web");
        }
    }

    @Test
    void haproxyFailsNoRequest() throws Exception {
        try (Compose example = example("2-haproxy")) {
            scalesWithoutAFailure(example, PROXY);
            awaitNothingRegisteredWithout(example, "web");
        }
    }

    @Test
    void theStandbyServesWhileTheApiIsReplaced() throws Exception {
        try (Compose example = example("3-standby")) {
            example.run("up", "--detach");
            awaitSettled(PROXY, example.containers("api"));
            try (LoadClient load = LoadClient.of(PROXY)) {
                load.awaitBackends(example.containers("api"));
                example.run("stop", "api");
                load.awaitBackends(example.containers("api_backup"));
                example.run("up", "--detach", "api");
                load.awaitBackends(example.containers("api"));
                assertNoneFailed(example, load.finish());
            }
            awaitNothingRegisteredWithout(example, "api", "api_backup");
        }
    }

    @Test
    void twoNginxWithAFloatingAddressFailNoRequest() throws Exception {
        try (Compose example = example("4-keepalived")) {
            example.scale("web", 2);
            host.reach("172.30.4.0/24");
            Await.until(
                    "the one with the higher priority has the address",
                    SOON,
                    () -> example.exec("nginx_1", "ip", "address", "show", "eth0")
                            .contains("172.30.4.100"));
            scalesWithoutAFailure(example, new InetSocketAddress("172.30.4.100", 80));
            awaitNothingRegisteredWithout(example, "web");
        }
    }

    /** With a stand-in for the module, which reads what the module reads. */
    @Test
    void nginxUpsyncFailsNoRequest() throws Exception {
        host.provide("5-upsync", "nginx", "upsync");
        try (Compose example = example("5-upsync")) {
            scalesWithoutAFailure(example, PROXY);
            example.run("rm", "--stop", "--force", "web");
            Await.until(
                    "no keys",
                    SOON,
                    () -> example.exec("consul", "consul", "kv", "get", "-keys", "upstreams/")
                            .isEmpty());
        }
    }

    /** Whose compose file names another image than before, and is otherwise as it was. */
    @Test
    void aUserOfTheAncestorChangesTheImageOnly() throws Exception {
        host.nameRegistrator("registrator");
        Path file = Path.of(Resources.getResource("ancestor/compose.yaml").toURI());
        try (Compose ancestor = new Compose(host.docker(), file)) {
            ancestor.run("up", "--detach");
            ancestor.run("scale", "web=3");
            awaitPassing(ancestor, 3);
            assertThat(instances(ancestor).asList())
                    .extracting(instance -> instance.getAsJsonObject().getAsJsonObject("Service"))
                    .extracting(
                            service -> service.get("Address").getAsString(),
                            service -> service.get("Port").getAsInt(),
                            service -> service.getAsJsonArray("Tags").toString())
                    .containsExactlyInAnyOrderElementsOf(ancestor.containers("web").stream()
                            .map(web -> tuple(host.address(web), 80, "[\"production\"]"))
                            .toList());
            assertThat(host.docker()
                            .docker("top", "registrator", "-o", "pid,uid,comm")
                            .lines())
                    .anyMatch(line -> line.strip().matches("[0-9]+ +65532 +java"))
                    .noneMatch(line -> line.strip().matches("[0-9]+ +0 .*"));

            ancestor.run("scale", "web=1");
            awaitPassing(ancestor, 1);
            awaitNothingRegisteredWithout(ancestor, "web");
        }
    }

    private static Compose example(String folder) {
        Compose example =
                new Compose(host.docker(), EXAMPLES.resolve(folder).normalize().resolve("compose.yaml"));
        host.provideRegistrator(example.project());
        return example;
    }

    private static void scalesWithoutAFailure(Compose example, InetSocketAddress address) throws Exception {
        example.scale("web", 2);
        awaitSettled(address, example.containers("web"));
        try (LoadClient load = LoadClient.of(address)) {
            load.awaitBackends(example.containers("web"));
            example.scale("web", 5);
            load.awaitBackends(example.containers("web"));
            Set<String> all = example.containers("web");
            example.scale("web", 2);
            load.awaitBackends(example.containers("web"));
            assertThat(all).hasSize(5).containsAll(example.containers("web"));
            assertNoneFailed(example, load.finish());
        }
    }

    /** A proxy that has just got its first servers still has workers without any. */
    private static void awaitSettled(InetSocketAddress address, Set<String> backends) throws InterruptedException {
        try (LoadClient first = LoadClient.of(address)) {
            first.awaitBackends(backends);
        }
    }

    private static void assertNoneFailed(Compose example, LoadReport report) {
        System.out.printf("%s: %s%n", example.project(), report);
        assertThat(report.failed()).as(report.toString()).isEmpty();
    }

    private static void awaitPassing(Compose example, int count) throws InterruptedException {
        Await.until(count + " instances pass", SOON, () -> passing(example) == count);
    }

    private static int passing(Compose example) {
        return instances(example).size();
    }

    private static JsonArray instances(Compose example) {
        String instances =
                example.exec("consul", "consul", "watch", "-type=service", "-service=web", "-passingonly=true");
        return JsonParser.parseString(instances).getAsJsonArray();
    }

    /** Services that are stopped before Consul leave nothing in it. */
    private static void awaitNothingRegisteredWithout(Compose example, String... services) throws InterruptedException {
        assertThat(example.exec("consul", "consul", "catalog", "services").lines())
                .hasSizeGreaterThan(1);
        for (String service : services) {
            example.run("rm", "--stop", "--force", service);
        }
        Await.until(
                "nothing is registered without " + Arrays.toString(services),
                SOON,
                () -> example.exec("consul", "consul", "catalog", "services").equals("consul"));
    }
}
