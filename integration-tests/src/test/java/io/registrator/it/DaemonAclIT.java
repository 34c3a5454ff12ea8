package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An agent that denies what no rule allows. */
class DaemonAclIT {
    private static final String NODE = "acl";
    /** The start of the daemon included, beside tests that keep the engine busy. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String READ = "service_prefix \"\" { policy = \"read\" }";

    private static final String AGENT = "agent_prefix \"\" { policy = \"read\" }";

    @Test
    void doesItsJobWithTheRightsThatTheDocumentationAsksFor() throws Exception {
        try (ConsulAgentProcess consul = AclPolicy.agent();
                TestContainers containers = TestContainers.ofWeb()) {
            AclPolicy policy = AclPolicy.create(consul, AclPolicy.ALL);
            try (RegistratorProcess daemon = launch(containers, consul, policy.secret(), "-resync", "30")) {
                daemon.awaitReady();
                String web = containers.run("web", "-p", "8080");
                awaitServices(daemon, consul, containers, web);
                Await.until(
                        "its check passes",
                        SOON,
                        () -> consul.get("/v1/agent/checks").contains("\"passing\""));
                containers.docker().docker("stop", web);
                awaitServices(daemon, consul, containers);

                assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
            }
        }
    }

    @Test
    void namesTheMissingRuleAndHealsOnceItIsThere() throws Exception {
        try (ConsulAgentProcess consul = AclPolicy.agent();
                TestContainers containers = TestContainers.ofWeb()) {
            String web = containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=shop");
            AclPolicy policy = AclPolicy.create(consul, READ);
            try (RegistratorProcess daemon = launch(containers, consul, policy.secret(), "-resync", "1")) {
                daemon.awaitLog("the token needs service:write on \"shop\"");
                daemon.awaitLog("the token needs agent:read");
                assertThat(services(consul, containers)).isEmpty();

                policy.allow(AclPolicy.WRITE);
                awaitServices(daemon, consul, containers, web);

                policy.allow(READ);
                containers.docker().docker("stop", web);
                daemon.awaitLog("the token needs service:write on service " + id(web));
                assertThat(services(consul, containers)).containsExactly(id(web));

                policy.allow(AclPolicy.ALL);
                awaitServices(daemon, consul, containers);
                assertThat(daemon.log()).doesNotContain(policy.secret());
            }
        }
    }

    /** Its own token may read and write the service; the daemon's may not even see it. */
    @Test
    void aServiceThatTheListingHidesIsNotRegisteredAgainAndAgain() throws Exception {
        AtomicInteger listings = new AtomicInteger();
        try (ConsulAgentProcess consul = AclPolicy.agent();
                TestContainers containers = TestContainers.ofWeb();
                EngineProxy engine = counting(containers, listings)) {
            AclPolicy ours = AclPolicy.create(consul, "blind", AGENT);
            AclPolicy own = AclPolicy.create(consul, "own", "service \"hidden\" { policy = \"write\" }");
            String web = containers.run(
                    "web", "-p", "8080", "-e", "SERVICE_NAME=hidden", "-e", "SERVICE_TOKEN=" + own.secret());
            try (RegistratorProcess daemon = launch(engine.uri(), containers, consul, ours.secret(), "-resync", "1")) {
                awaitServices(daemon, consul, containers, web);
                awaitMore(listings, 5);

                assertThat(registrations(daemon, web)).isOne();

                containers.docker().docker("stop", web);
                awaitServices(daemon, consul, containers);
            }
        }
    }

    @Test
    void aListingThatAclsEmptyChangesNothing() throws Exception {
        AtomicInteger listings = new AtomicInteger();
        try (ConsulAgentProcess consul = AclPolicy.agent();
                TestContainers containers = TestContainers.ofWeb();
                EngineProxy engine = counting(containers, listings)) {
            AclPolicy policy = AclPolicy.create(consul, AclPolicy.ALL);
            String web = containers.run("web", "-p", "8080");
            try (RegistratorProcess daemon =
                    launch(engine.uri(), containers, consul, policy.secret(), "-resync", "1")) {
                awaitServices(daemon, consul, containers, web);

                policy.allow(AGENT);
                daemon.awaitLog("the token needs service:read");
                awaitMore(listings, 5);

                assertThat(registrations(daemon, web)).isOne();
                assertThat(services(consul, containers)).containsExactly(id(web));
            }
        }
    }

    private static EngineProxy counting(TestContainers containers, AtomicInteger listings) throws IOException {
        return new EngineProxy(containers.docker().host(), (method, path) -> {
            if (path.contains("/containers/json")) {
                listings.incrementAndGet();
            }
            return true;
        });
    }

    /** A pass lists the engine once. */
    private static void awaitMore(AtomicInteger listings, int passes) throws InterruptedException {
        int before = listings.get();
        Await.until(passes + " passes", Duration.ofSeconds(60), () -> listings.get() >= before + passes);
    }

    private static long registrations(RegistratorProcess daemon, String name) {
        return daemon.log()
                .lines()
                .filter(line -> line.contains(" registered   " + id(name)))
                .count();
    }

    private static RegistratorProcess launch(
            TestContainers containers, ConsulAgentProcess consul, String token, String... options) {
        return launch(containers.docker().host(), containers, consul, token, options);
    }

    private static RegistratorProcess launch(
            URI engine, TestContainers containers, ConsulAgentProcess consul, String token, String... options) {
        return RegistratorProcess.launch(
                engine,
                Map.of("CONSUL_HTTP_TOKEN", token),
                "-node-id",
                NODE,
                "-filter",
                containers.filter(),
                "-ip",
                containers.gateway(),
                options[0],
                options[1],
                "consul://" + consul.address());
    }

    private static void awaitServices(
            RegistratorProcess daemon, ConsulAgentProcess consul, TestContainers containers, String... names)
            throws InterruptedException {
        List<String> expected = List.of(names).stream().map(DaemonAclIT::id).toList();
        try {
            Await.until(
                    "services " + expected,
                    SOON,
                    () -> services(consul, containers).equals(expected));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; the log is:\n" + daemon.log(), late);
        }
    }

    private static List<String> services(ConsulAgentProcess consul, TestContainers containers)
            throws IOException, InterruptedException {
        JsonObject all =
                JsonParser.parseString(consul.get("/v1/agent/services")).getAsJsonObject();
        return all.keySet().stream()
                .filter(id -> id.contains(containers.prefix()))
                .sorted()
                .toList();
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
