package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.EngineProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine that stands still, and containers that are being stopped while the daemon is not there. */
class EngineFaultsIT {
    private static final String NODE = "engine-faults";
    private static final Duration SOON = Duration.ofSeconds(20);
    /** The question that is not answered is asked within 5 s, and has 10 s for its answer. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    @Test
    void saysWhenAFrozenEngineIsLostAndWhenItIsBack() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                EngineProcess engine = EngineProcess.start();
                RegistratorProcess daemon = RegistratorProcess.start(
                        engine.host(),
                        "-node-id",
                        NODE,
                        "-ip",
                        "192.0.2.1",
                        // No pass is to be needed for it.
                        "-resync",
                        "0",
                        "-admin",
                        "127.0.0.1:0",
                        Agent.of(consul).uri());
                AdminClient admin = AdminClient.of(daemon)) {
            admin.awaitReady(200, "ready", SOON);

            engine.freeze();
            admin.awaitReady(503, "the engine does not answer", NOTICED);
            engine.thaw();
            admin.awaitReady(200, "ready", SOON);

            assertThat(daemon.log())
                    .containsOnlyOnce("engine does not answer")
                    .containsOnlyOnce("engine answers again");
            assertThat(daemon.log().lines().reduce((earlier, later) -> later).orElseThrow())
                    .matches(".*engine answers again after \\d+ s");
            assertThat(admin.body("metrics"))
                    .contains(
                            "registrator_connection_losses_total{peer=\"engine\"} 1.0",
                            "registrator_reconnects_total{peer=\"engine\"} 1.0");
        }
    }

    @Test
    void keepsWhatIsBeingStoppedOutThroughItsOwnSuddenEnd() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            Agent agent = Agent.of(consul);
            String other = id(containers.run("other", "-p", "8080"));
            String stubborn = containers.runCommand(
                    "stubborn",
                    List.of("-p", "8080", "--stop-timeout", "60", "--entrypoint", "sh"),
                    "-c",
                    "trap '' TERM; httpd -f -p 8080 -h /www");
            try (RegistratorProcess first = start(containers, agent)) {
                agent.awaitIds(NODE, containers.prefix(), List.of(other, id(stubborn)), SOON);
                // What "docker stop" begins with; the stop itself would hold the test up for its whole time.
                containers.docker().docker("kill", "--signal", "TERM", stubborn);
                agent.awaitIds(NODE, containers.prefix(), List.of(other), SOON);
                first.kill();
            }
            try (RegistratorProcess second = start(containers, agent)) {
                second.awaitLog("draining     " + stubborn);
                Instant later = Instant.now().plusSeconds(3);
                Await.until("passes went by", SOON, () -> Instant.now().isAfter(later));

                assertThat(second.log()).doesNotContain("registered   " + id(stubborn));
                assertThat(agent.ids(NODE, containers.prefix())).containsExactly(other);
            }
        }
    }

    private static RegistratorProcess start(TestContainers containers, Agent agent) throws InterruptedException {
        return RegistratorProcess.start(
                containers.docker().host(),
                "-node-id",
                NODE,
                "-ip",
                containers.gateway(),
                "-filter",
                containers.filter(),
                "-register-on",
                "start",
                "-resync",
                "1",
                agent.uri());
    }

    private static String id(String container) {
        return NODE + ":" + container + ":8080";
    }
}
