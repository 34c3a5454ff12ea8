package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.DockerCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package and its unit under a real systemd, in a container that boots one and has nothing else. */
class SystemdIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();

    @TempDir
    static Path packages;

    private final TestContainers containers = TestContainers.ofWeb();
    private final TestContainers consuls = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));
    private final TestContainers hosts = new TestContainers(DOCKER, System.getenv("REGISTRATOR_TEST_SYSTEMD_IMAGE"));

    @BeforeAll
    static void build() throws Exception {
        Path log = packages.resolve("build.log");
        ProcessBuilder build = new ProcessBuilder(
                        Path.of("../scripts/build-packages.sh").toAbsolutePath().toString(), packages.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        build.environment().put("REGISTRATOR_BUNDLE", System.getProperty("registrator.bundle"));
        Process process = build.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
                .as(Files.readString(log))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    @AfterEach
    void removeContainers() {
        hosts.close();
        containers.close();
        consuls.close();
    }

    @Test
    void doesItsJobWithoutRootAndIsStartedAgainWhenItDiesOrHangs() throws Exception {
        String consul = consuls.runCommand("consul", List.of(), "agent", "-dev", "-client", "0.0.0.0");
        Agent agent = new Agent(consuls.address(consul) + ":8500");
        Await.until(
                "Consul has a leader",
                SOON,
                () -> agent.get("/v1/status/leader").contains(":"));
        String host = boot();
        install(host);
        assertThat(show(host, "ActiveState")).isEqualTo("active");
        Await.until(
                "it says what it waits for",
                SOON,
                () -> show(host, "StatusText").contains("waiting for the registry"));

        configure(
                host,
                "-node-id unit -filter " + containers.filter() + " -ip " + containers.gateway()
                        + " -deregister-on-exit " + agent.uri());
        shell(host, "systemctl restart registrator");
        String before = containers.run("before", "-p", "8080", "-e", "SERVICE_NAME=unit-web");
        agent.awaitIds("unit", containers.prefix(), List.of("unit:" + before + ":8080"), SOON);
        Await.until("the check passes", SOON, () -> agent.passing("unit-web") == 1);
        assertThat(shell(host, "stat -c %U /proc/" + show(host, "MainPID"))).isEqualTo("registrator");
        assertThat(exposure(host)).isLessThanOrEqualTo(2.0);
        assertThat(shell(host, "registrator list"))
                .as("with the unit's settings")
                .contains("unit:" + before + ":8080");
        assertThat(shell(host, "registrator explain " + before)).contains("is registered as unit-web");

        shell(host, "systemctl kill --signal=KILL registrator");
        Await.until("it is started again", SOON, () -> show(host, "NRestarts").equals("1"));
        DOCKER.docker("rm", "--force", before);
        String after = containers.run("after", "-p", "8080");
        agent.awaitIds("unit", containers.prefix(), List.of("unit:" + after + ":8080"), SOON);

        shell(host, "systemctl kill --signal=STOP registrator");
        Await.until(
                "the watchdog has it started again",
                SOON,
                () -> show(host, "NRestarts").equals("2"));
        Await.until("it is ready again", SOON, () -> show(host, "ActiveState").equals("active"));

        shell(host, "timeout 10 systemctl stop registrator");
        assertThat(show(host, "ActiveState")).isEqualTo("inactive");
        assertThat(show(host, "Result")).isEqualTo("success");
        agent.awaitIds("unit", containers.prefix(), List.of(), SOON);
    }

    @Test
    void isUpgradedRemovedAndPurged() throws Exception {
        String host = boot();
        install(host);
        configure(host, "-node-id upgraded -ip 192.0.2.1 memory:");
        String firstPid = show(host, "MainPID");

        shell(host, """
                dpkg-deb --raw-extract /root/registrator.deb /root/next
                sed -i 's/^Version: .*/&.1/' /root/next/DEBIAN/control
                dpkg-deb --build -Znone /root/next /root/next.deb
                dpkg --install /root/next.deb </dev/null""");
        assertThat(show(host, "ActiveState")).isEqualTo("active");
        assertThat(show(host, "MainPID")).isNotEqualTo(firstPid);
        assertThat(shell(host, "cat /etc/default/registrator")).contains("-node-id upgraded");
        assertThat(shell(host, "JAVA_OPTS=-XX:AOTMode=on registrator --version"))
                .startsWith("registrator ");

        shell(host, "dpkg --remove registrator");
        assertThat(shell(host, "ls -d /opt/registrator /usr/bin/registrator 2>/dev/null || true"))
                .isEmpty();
        assertThat(shell(host, "systemctl is-active registrator || true")).isNotEqualTo("active");
        assertThat(shell(host, "cat /etc/default/registrator")).contains("-node-id upgraded");

        shell(host, "dpkg --purge registrator");
        assertThat(shell(host, "ls /etc/default/registrator 2>/dev/null || true"))
                .isEmpty();
        assertThat(shell(host, "getent passwd registrator || true")).isEmpty();
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

    /** On a host whose group docker is that of the engine's socket. */
    private static void install(String host) throws Exception {
        String deb;
        try (var files = Files.newDirectoryStream(packages, "*.deb")) {
            deb = files.iterator().next().toString();
        }
        DOCKER.docker("cp", deb, host + ":/root/registrator.deb");
        shell(host, """
                groupadd --non-unique --gid "$(stat -c %g /run/docker.sock)" docker
                dpkg --install /root/registrator.deb </dev/null
                systemd-analyze verify --man=no registrator.service
                """);
    }

    /** With a watchdog that a test can wait for. */
    private static void configure(String host, String options) {
        shell(host, """
                echo 'REGISTRATOR_OPTS="%s"' >>/etc/default/registrator
                mkdir /etc/systemd/system/registrator.service.d
                printf '[Service]\\nWatchdogSec=6\\nTimeoutAbortSec=1\\n' >/etc/systemd/system/registrator.service.d/test.conf
                systemctl daemon-reload
                """.formatted(options));
    }

    private static double exposure(String host) {
        Matcher level = EXPOSURE.matcher(shell(host, "systemd-analyze security --no-pager registrator.service"));
        assertThat(level.find()).isTrue();
        return Double.parseDouble(level.group(1));
    }

    private static String shell(String host, String script) {
        return DOCKER.docker("exec", host, "sh", "-ec", script);
    }

    private static String show(String host, String property) {
        return DOCKER.docker("exec", host, "systemctl", "show", "--value", "--property=" + property, "registrator");
    }
}
