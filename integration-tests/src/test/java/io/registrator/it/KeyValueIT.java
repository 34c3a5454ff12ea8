package io.registrator.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Containers in Consul's key-value store. */
class KeyValueIT {
    private static final String NODE = "kv";
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void keepsAnEntryForEachContainerThatRuns() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            String uri = "consulkv://" + consul.address() + "/services";
            String one = containers.run("one", "-p", "8080", "-e", "SERVICE_NAME=shop");
            String two = containers.run("two", "-p", "8080", "-e", "SERVICE_NAME=shop");
            consul.put("/v1/kv/services/shop/of-somebody", "10.1.1.1:1");
            Map<String, String> others = Map.of("services/shop/of-somebody", "10.1.1.1:1");
            Map<String, String> second = with(others, key(two), address(containers, two));
            try (RegistratorProcess daemon = start(containers, uri)) {
                awaitEntries(consul, with(second, key(one), address(containers, one)));
                daemon.kill();
            }
            long written = lastChange(consul);
            try (RegistratorProcess daemon = start(containers, uri)) {
                assertThat(lastChange(consul)).as("a restart writes nothing").isEqualTo(written);

                containers.docker().docker("kill", one);
                awaitEntries(consul, second);
                containers.docker().docker("kill", two);
                awaitEntries(consul, others);
                assertThat(daemon.log())
                        .contains("it keeps no checks and no tags")
                        .doesNotContain("WARN")
                        .doesNotContain("ERROR");
            }
        }
    }

    @Test
    void keepsAnEntryUnderEachFurtherName() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            consul.put("/v1/kv/services/shop/of-somebody", "10.1.1.1:1");
            Map<String, String> others = Map.of("services/shop/of-somebody", "10.1.1.1:1");
            try (RegistratorProcess daemon = start(containers, "consulkv://" + consul.address() + "/services")) {
                String web = containers.run(
                        "web", "-p", "8080", "-e", "SERVICE_NAME=shop", "-e", "SERVICE_ALIASES=api,store");
                String address = address(containers, web);
                Map<String, String> api = with(others, aliasKey(web, "api"), address);
                Map<String, String> both = with(api, aliasKey(web, "store"), address);
                awaitEntries(consul, with(both, key(web), address));

                containers.docker().docker("rm", "-f", web);
                awaitEntries(consul, others);
                assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
            }
        }
    }

    @Test
    void feedsNginxUpsync() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon =
                        start(containers, "consulkv://" + consul.address() + "/upstreams?format=upsync")) {
            String api = containers.run("api", "-p", "8080", "-e", "SERVICE_NAME=api", "-e", "SERVICE_WEIGHT=3");
            String backup =
                    containers.run("backup", "-p", "8080", "-e", "SERVICE_NAME=api", "-l", "SERVICE_BACKUP=true");
            String bad = containers.run("bad", "-p", "8080", "-e", "SERVICE_NAME=api", "-l", "SERVICE_MAX_FAILS=few");

            daemon.awaitLog("SERVICE_MAX_FAILS=few is not a number");
            Map<String, String> expected = Map.of(
                    "upstreams/api/" + address(containers, api), upsync(3, 0),
                    "upstreams/api/" + address(containers, backup), upsync(1, 1));
            Await.until(
                    "upstreams " + expected,
                    SOON,
                    () -> entries(consul, "upstreams/").equals(expected));
            assertThat(daemon.log()).contains(bad);
        }
    }

    /** The module asks for all keys that begin with its path, which therefore ends with a slash. */
    @Test
    void keepsAServiceApartFromThoseWhoseNamesBeginWithItsName() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon =
                        start(containers, "consulkv://" + consul.address() + "/upstreams?format=upsync")) {
            String web = containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=web");
            containers.run("admin", "-p", "8080", "-e", "SERVICE_NAME=web-admin");
            containers.run("second", "-p", "8080", "-e", "SERVICE_NAME=web2");
            Await.until(
                    "all three", SOON, () -> entries(consul, "upstreams/web").size() == 3);

            assertThat(entries(consul, "upstreams/web/"))
                    .isEqualTo(Map.of("upstreams/web/" + address(containers, web), upsync(1, 0)));
            assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
        }
    }

    private static String upsync(int weight, int backup) {
        return "{\"weight\":%d,\"max_fails\":2,\"fail_timeout\":10,\"down\":0,\"backup\":%d}".formatted(weight, backup);
    }

    private static RegistratorProcess start(TestContainers containers, String uri) throws InterruptedException {
        return RegistratorProcess.start(
                containers.docker().host(),
                "-node-id",
                NODE,
                "-ip",
                containers.gateway(),
                "-filter",
                "name=" + containers.prefix() + "*",
                uri);
    }

    private static String key(String name) {
        return "services/shop/" + NODE + ":" + name + ":8080";
    }

    private static String aliasKey(String name, String alias) {
        return "services/" + alias + "/" + NODE + ":" + name + ":8080:alias:" + alias;
    }

    private static String address(TestContainers containers, String name) {
        return containers.gateway() + ":" + containers.hostPort(name, "8080/tcp");
    }

    private static Map<String, String> with(Map<String, String> others, String key, String value) {
        Map<String, String> all = new TreeMap<>(others);
        all.put(key, value);
        return all;
    }

    private static void awaitEntries(ConsulAgentProcess consul, Map<String, String> expected)
            throws InterruptedException {
        Await.until(
                "entries " + expected, SOON, () -> entries(consul, "services/").equals(expected));
    }

    private static Map<String, String> entries(ConsulAgentProcess consul, String prefix)
            throws IOException, InterruptedException {
        Map<String, String> entries = new TreeMap<>();
        for (JsonElement element : tree(consul, prefix)) {
            JsonObject pair = element.getAsJsonObject();
            byte[] value = Base64.getDecoder().decode(pair.get("Value").getAsString());
            entries.put(pair.get("Key").getAsString(), new String(value, UTF_8));
        }
        return entries;
    }

    private static long lastChange(ConsulAgentProcess consul) throws IOException, InterruptedException {
        long last = 0;
        for (JsonElement pair : tree(consul, "")) {
            last = Math.max(last, pair.getAsJsonObject().get("ModifyIndex").getAsLong());
        }
        return last;
    }

    private static Iterable<JsonElement> tree(ConsulAgentProcess consul, String prefix)
            throws IOException, InterruptedException {
        return JsonParser.parseString(consul.get("/v1/kv/" + prefix + "?recurse"))
                .getAsJsonArray();
    }
}
