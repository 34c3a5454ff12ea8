package io.registrator.it;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token changes, and the old one is deleted, while containers come and go. */
class TokenRotationIT {
    private static final String NODE = "rotation";
    private static final int CONTAINERS = 16;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void leavesNoZombieWhenTheTokenIsRotatedUnderLoad() throws Exception {
        try (ConsulAgentProcess consul = AclPolicy.agent();
                TestContainers containers = TestContainers.ofWeb()) {
            AclPolicy first = AclPolicy.create(consul, AclPolicy.ALL);
            Path file = Files.writeString(folder.resolve("token"), first.secret());
            List<String> names = containers.names(CONTAINERS);
            for (int i = 0; i < CONTAINERS; i++) {
                containers.create("n" + i, "-p", "8080", "-e", "SERVICE_NAME=load");
            }
            containers.each(names.subList(0, CONTAINERS / 2), "start");
            try (RegistratorProcess daemon = start(containers, consul, file);
                    Load load = Load.on(containers, names.subList(CONTAINERS / 4, CONTAINERS))) {
                List<String> steady = names.subList(0, CONTAINERS / 4);
                awaitAllRegisteredWith(consul, first, steady);
                AclPolicy second = first.anotherToken();
                replace(file, second.secret());
                awaitAllRegisteredWith(consul, second, steady);
                first.revoke();

                AclPolicy third = second.anotherToken();
                Files.writeString(file, third.secret());
                awaitAllRegisteredWith(consul, third, steady);
                second.revoke();
                load.close();

                awaitEqual(consul, containers);
                containers.each(List.copyOf(containers.running()), "kill");
                awaitEqual(consul, containers);
                assertThat(daemon.log())
                        .contains("the ACL token has changed", "reauthorized")
                        .doesNotContain(first.secret(), second.secret(), third.secret());
            }
        }
    }

    @Test
    void registersAServiceWithItsOwnTokenAndShowsThatNowhere() throws Exception {
        try (ConsulAgentProcess consul = AclPolicy.agent();
                TestContainers containers = TestContainers.ofWeb()) {
            AclPolicy own = AclPolicy.create(consul, AclPolicy.WRITE);
            Path file = Files.writeString(folder.resolve("token"), readerToken(consul));
            try (RegistratorProcess daemon = start(containers, consul, file)) {
                String web = containers.run("web", "-p", "8080", "-l", "SERVICE_TOKEN=" + own.secret());
                awaitEqual(consul, containers);
                assertThat(consul.get("/v1/agent/services")).doesNotContain(own.secret());

                containers.docker().docker("kill", web);
                awaitEqual(consul, containers);
                assertThat(daemon.log()).doesNotContain(own.secret()).doesNotContain("ERROR");
            }
        }
    }

    private static String readerToken(ConsulAgentProcess consul) throws IOException, InterruptedException {
        var _ = consul.put("/v1/acl/policy", """
                {"Name":"reader","Rules":"service_prefix \\"\\" { policy = \\"read\\" }"}""");
        String token = consul.put("/v1/acl/token", "{\"Policies\":[{\"Name\":\"reader\"}]}");
        return JsonParser.parseString(token).getAsJsonObject().get("SecretID").getAsString();
    }

    private static RegistratorProcess start(TestContainers containers, ConsulAgentProcess consul, Path tokenFile)
            throws InterruptedException {
        return RegistratorProcess.launch(
                        containers.docker().host(),
                        Map.of("CONSUL_HTTP_TOKEN_FILE", tokenFile.toString()),
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-ip",
                        containers.gateway(),
                        "consul://" + consul.address())
                .awaitReady();
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Those of the containers that nobody touches are there, and no service is there with another token. */
    private static void awaitAllRegisteredWith(ConsulAgentProcess consul, AclPolicy policy, List<String> containers)
            throws InterruptedException {
        Await.until("every service is registered with the new token", SOON, () -> {
            List<JsonObject> services = services(consul);
            Set<String> ids = services.stream()
                    .map(service -> service.get("ID").getAsString())
                    .collect(toCollection(TreeSet::new));
            return containers.stream().map(name -> NODE + ":" + name + ":8080").allMatch(ids::contains)
                    && services.stream()
                            .map(service -> service.getAsJsonObject("Meta"))
                            .allMatch(meta -> policy.accessor()
                                    .startsWith(meta.get("registrator-token").getAsString()));
        });
    }

    /** What runs, what the agent has and what the catalog has are the same. */
    private static void awaitEqual(ConsulAgentProcess consul, TestContainers containers) throws InterruptedException {
        Set<String> expected = containers.running().stream()
                .map(name -> NODE + ":" + name + ":8080")
                .collect(toCollection(TreeSet::new));
        Await.until(
                "the agent has " + expected,
                SOON,
                () -> ids(services(consul), containers).equals(expected));
        Await.until(
                "the catalog has " + expected,
                SOON,
                () -> ids(catalog(consul), containers).equals(expected));
    }

    private static Set<String> ids(List<JsonObject> services, TestContainers containers) {
        return services.stream()
                .map(service -> service.get("ID").getAsString())
                .filter(id -> id.contains(containers.prefix()))
                .collect(toCollection(TreeSet::new));
    }

    private static List<JsonObject> services(ConsulAgentProcess consul) throws IOException, InterruptedException {
        return JsonParser.parseString(consul.get("/v1/agent/services")).getAsJsonObject().asMap().values().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<JsonObject> catalog(ConsulAgentProcess consul) throws IOException, InterruptedException {
        String node = consul.get("/v1/catalog/node-services/" + ConsulAgentProcess.NODE);
        return StreamSupport.stream(
                        JsonParser.parseString(node)
                                .getAsJsonObject()
                                .getAsJsonArray("Services")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Containers that are started and killed without end. */
    private static final class Load implements AutoCloseable {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Thread thread;

        private Load(TestContainers containers, List<String> names) {
            thread = Thread.ofVirtual().start(() -> {
                for (int i = 0; !isOver.get(); i++) {
                    containers
                            .docker()
                            .docker(
                                    i / names.size() % 2 == 0 ? "restart" : "stop",
                                    "--time=0",
                                    names.get(i % names.size()));
                }
            });
        }

        static Load on(TestContainers containers, List<String> names) {
            return new Load(containers, names);
        }

        @Override
        public void close() throws InterruptedException {
            isOver.set(true);
            thread.join();
        }
    }
}
