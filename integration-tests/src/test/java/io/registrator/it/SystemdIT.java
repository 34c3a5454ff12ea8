package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.DockerCli;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The unit under a real systemd, in a container that boots one. */
class SystemdIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();

    private final TestContainers containers = TestContainers.ofWeb();
    private final TestContainers consuls = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));
    private final TestContainers hosts = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_SYSTEMD_IMAGE"));

    @AfterEach
    void removeContainers() {
        hosts.close();
        containers.close();
        consuls.close();
    }

    @Test
    void startsRestartsAndStopsTheUnit() throws Exception {
        String consul = consuls.runCommand("consul", List.of(), "agent", "-dev", "-client", "0.0.0.0");
        Agent agent = new Agent(consuls.address(consul) + ":8500");
        Await.until(
                "Consul has a leader",
                SOON,
                () -> agent.get("/v1/status/leader").contains(":"));
        String host = boot();
        install(host, "-node-id unit -ip " + containers.gateway() + " " + agent.uri());

        systemctl(host, "start", "registrator");
        String before = containers.run("before", "-p", "8080");
        agent.awaitIds("unit", containers.prefix(), List.of("unit:" + before + ":8080"), SOON);

        systemctl(host, "kill", "--signal=KILL", "registrator");
        Await.until(
                "systemd has started it again",
                SOON,
                () -> show(host, "NRestarts").equals("1"));
        DOCKER.docker("rm", "--force", before);
        String after = containers.run("after", "-p", "8080");
        agent.awaitIds("unit", containers.prefix(), List.of("unit:" + after + ":8080"), SOON);

        DOCKER.docker("exec", host, "timeout", "5", "systemctl", "stop", "registrator");
        assertThat(show(host, "ActiveState")).isEqualTo("inactive");
        assertThat(show(host, "Result")).isEqualTo("success");
    }

    private String boot() throws InterruptedException {
        String host = hosts.run(
                "host",
                "--cgroupns=host",
                "--cap-add=SYS_ADMIN",
                "--security-opt=seccomp=unconfined",
                "--security-opt=apparmor=unconfined",
                "--tmpfs=/run",
                "--tmpfs=/run/lock",
                "--tmpfs=/tmp",
                "--volume=/sys/fs/cgroup:/sys/fs/cgroup:rw",
                "--volume=" + DOCKER.host().getPath() + ":/run/docker.sock");
        Await.until("systemd is up", SOON, () -> {
            String state = DOCKER.docker("exec", host, "sh", "-c", "systemctl is-system-running || true");
            return state.equals("running") || state.equals("degraded");
        });
        return host;
    }

    private static void install(String host, String options) {
        DOCKER.docker("cp", System.getProperty("registrator.bundle"), host + ":/root/bundle.tar.gz");
        DOCKER.docker("exec", host, "sh", "-ec", """
                mkdir -p /opt/registrator
                tar -xzf /root/bundle.tar.gz --strip-components=1 -C /opt/registrator
                cp /opt/registrator/systemd/registrator.service /etc/systemd/system/
                cp /opt/registrator/default/registrator /etc/default/registrator
                echo 'REGISTRATOR_OPTS="%s"' >>/etc/default/registrator
                systemd-analyze verify /etc/systemd/system/registrator.service
                systemctl daemon-reload
                """.formatted(options));
    }

    private static void systemctl(String host, String... words) {
        List<String> command = new ArrayList<>(List.of("exec", host, "systemctl"));
        command.addAll(List.of(words));
        DOCKER.docker(command.toArray(String[]::new));
    }

    private static String show(String host, String property) {
        return DOCKER.docker("exec", host, "systemctl", "show", "--value", "--property=" + property, "registrator");
    }
}
