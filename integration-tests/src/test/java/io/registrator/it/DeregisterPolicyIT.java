package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -deregister on-success}: what ended well, or by a signal, is gone; what failed stays until it is removed. */
class DeregisterPolicyIT {
    private static final String NODE = "policy";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ENDS_AS_TOLD =
            "trap 'exit 0' USR1; trap 'exit 1' USR2; trap 'exit 143' TERM; while :; do /bin/busybox sleep 0.1; done";

    /** Without drains and full passes, so that nothing but the events of the ends can be what acts. */
    @Test
    void actsOnTheEventsByWhichContainersEnd() throws Exception {
        DockerCli docker = DockerCli.ofThisMachine();
        docker.importBusybox();
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = new TestContainers(docker, DockerCli.BUSYBOX);
                RegistratorProcess daemon = RegistratorProcess.start(
                        docker.host(),
                        "-internal",
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-register-on",
                        "start",
                        "-drain",
                        "off",
                        "-resync",
                        "0",
                        "-deregister",
                        "on-success",
                        Agent.of(consul).uri())) {
            Agent agent = Agent.of(consul);
            String failing = start(containers, "failing");
            String successful = start(containers, "successful");
            String stopped = start(containers, "stopped");
            String killed = start(containers, "killed");
            awaitOnly(agent, containers, failing, successful, stopped, killed);

            docker.docker("kill", "--signal", "USR2", failing);
            docker.docker("wait", failing);
            docker.docker("kill", "--signal", "USR1", successful);
            awaitOnly(agent, containers, failing, stopped, killed);
            docker.docker("stop", stopped);
            awaitOnly(agent, containers, failing, killed);
            docker.docker("kill", killed);
            awaitOnly(agent, containers, failing);

            assertThat(List.of(failing, successful, stopped, killed))
                    .extracting(name -> docker.docker("inspect", "--format", "{{.State.ExitCode}}", name))
                    .containsExactly("1", "0", "143", "137");
            docker.docker("rm", failing);
            awaitOnly(agent, containers);
            assertThat(daemon.log()).doesNotContain("ERROR", "WARN");
        }
    }

    private static String start(TestContainers containers, String suffix) {
        return containers.runCommand(suffix, List.of("--expose", "9000"), "/bin/busybox", "sh", "-c", ENDS_AS_TOLD);
    }

    private static void awaitOnly(Agent agent, TestContainers containers, String... names) throws Exception {
        List<String> ids = Arrays.stream(names)
                .map(name -> NODE + ":" + name + ":9000")
                .sorted()
                .toList();
        agent.awaitIds(NODE, containers.prefix(), ids, SOON);
    }
}
