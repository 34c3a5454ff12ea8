package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The engine behind a proxy that lets few requests through, as people put before its socket. */
class RestrictedEngineIT {
    private static final String NODE = "restricted";
    private static final Duration SOON = Duration.ofSeconds(10);

    /** What docs/operations.md says is enough. */
    private static final Pattern ALLOWED = Pattern.compile(
            "/(_ping|version|info|events|containers/json|containers/[^/]+/json|networks/bridge)([?].*)?");

    private final Queue<String> passed = new ConcurrentLinkedQueue<>();
    private final Queue<String> denied = new ConcurrentLinkedQueue<>();

    @Test
    void doesItsWholeJobWithReadingAlone() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                EngineProxy engine = new EngineProxy(DockerCli.ofThisMachine().host(), this::passes);
                RegistratorProcess daemon = RegistratorProcess.start(
                        engine.uri(),
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-resync",
                        "1",
                        Agent.of(consul).uri())) {
            Agent agent = Agent.of(consul);
            String network = containers.network("net");
            String web = containers.run("web", "-p", "8080");
            String other = containers.run("other", "--network", network, "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), ids(web, other), SOON);

            containers.docker().docker("stop", other);
            agent.awaitIds(NODE, containers.prefix(), ids(web), SOON);
            containers.docker().docker("start", other);
            agent.awaitIds(NODE, containers.prefix(), ids(web, other), SOON);
            containers.docker().docker("rm", "--force", web, other);
            agent.awaitIds(NODE, containers.prefix(), List.of(), SOON);

            assertThat(denied).isEmpty();
            assertThat(passed)
                    .allMatch(request -> request.startsWith("GET "))
                    .anyMatch(request -> request.contains("/events"));
            assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
        }
    }

    private boolean passes(String method, String path) {
        boolean allowed = method.equals("GET") && ALLOWED.matcher(path).matches();
        (allowed ? passed : denied).add(method + " " + path);
        return allowed;
    }

    private static List<String> ids(String... names) {
        return List.of(names).stream().map(name -> NODE + ":" + name + ":8080").toList();
    }
}
