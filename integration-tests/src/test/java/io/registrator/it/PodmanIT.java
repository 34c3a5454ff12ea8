package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.PodmanProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Podman instead of Docker, through its compatible socket. */
class PodmanIT {
    private static final String NODE = "podman";
    private static final Duration SOON = Duration.ofSeconds(10);

    @BeforeAll
    static void needsPodman() {
        assumeThat(PodmanProcess.reasonAgainst()).isEmpty();
    }

    @Test
    void doesItsJob() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                PodmanProcess podman = PodmanProcess.start();
                TestContainers containers = new TestContainers(podman.cli(), PodmanProcess.BUSYBOX)) {
            Agent agent = Agent.of(consul);
            String before = containers.run("before", "-p", "8080", "-e", "SERVICE_TAGS=a,b");
            String network = containers.network("net");
            try (RegistratorProcess daemon =
                    RegistratorProcess.start(podman.cli().host(), "-node-id", NODE, "-ip", "192.0.2.1", agent.uri())) {
                agent.awaitIds(NODE, containers.prefix(), ids(before), SOON);
                assertThat(agent.service(id(before)).get("Service").getAsString())
                        .isEqualTo("busybox");
                assertThat(agent.service(id(before)).get("Port").getAsInt())
                        .isEqualTo(containers.hostPort(before, "8080/tcp"));
                assertThat(agent.service(id(before)).get("Tags").toString()).isEqualTo("[\"a\",\"b\"]");

                String web = containers.run("web", "--network", network, "-p", "8080");
                agent.awaitIds(NODE, containers.prefix(), ids(before, web), SOON);
                containers.docker().docker("stop", "--time", "0", web);
                agent.awaitIds(NODE, containers.prefix(), ids(before), SOON);
                containers.docker().docker("start", web);
                agent.awaitIds(NODE, containers.prefix(), ids(before, web), SOON);
                containers.docker().docker("restart", "--time", "0", before);
                containers.docker().docker("rename", web, containers.name("renamed"));
                agent.awaitIds(NODE, containers.prefix(), ids(before, containers.name("renamed")), SOON);
                containers.docker().docker("rm", "--force", containers.name("renamed"));
                agent.awaitIds(NODE, containers.prefix(), ids(before), SOON);

                assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
            }
        }
    }

    @Test
    void followsNetworksInInternalMode() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                PodmanProcess podman = PodmanProcess.start();
                TestContainers containers = new TestContainers(podman.cli(), PodmanProcess.BUSYBOX);
                RegistratorProcess daemon = RegistratorProcess.start(
                        podman.cli().host(),
                        "-node-id",
                        NODE,
                        "-ip",
                        "192.0.2.1",
                        "-internal",
                        Agent.of(consul).uri())) {
            Agent agent = Agent.of(consul);
            String first = containers.network("first");
            String second = containers.network("second");
            String web =
                    containers.run("web", "--network", first, "--expose", "8080", "-e", "SERVICE_NETWORK=" + second);
            containers.docker().docker("network", "connect", second, web);
            agent.awaitIds(NODE, containers.prefix(), ids(web), SOON);
            assertThat(agent.service(id(web)).get("Address").getAsString())
                    .isEqualTo(containers
                            .docker()
                            .docker(
                                    "inspect",
                                    "--format",
                                    "{{(index .NetworkSettings.Networks \"" + second + "\").IPAddress}}",
                                    web));
            containers.docker().docker("network", "disconnect", second, web);
            agent.awaitIds(NODE, containers.prefix(), List.of(), SOON);

            daemon.awaitLog("deregistered " + id(web));
        }
    }

    private static List<String> ids(String... names) {
        return Stream.of(names).map(PodmanIT::id).toList();
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
