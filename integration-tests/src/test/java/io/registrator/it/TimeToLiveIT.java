package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TTL checks that the daemon keeps passing, and what becomes of them without it. */
class TimeToLiveIT {
    private static final String NODE = "ttl";
    private static final Duration TTL = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void keepsServicesPassingAsLongAsItLives() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            Agent agent = Agent.of(consul);
            String asked = id(containers.run("asked", "-p", "8080", "-e", "SERVICE_CHECK_TTL=3s"));
            String own = id(containers.run(
                    "own", "-p", "8080", "-e", "SERVICE_CHECK_TTL=3s", "-e", "SERVICE_CHECK_TTL_HEARTBEAT=false"));
            try (RegistratorProcess daemon = start(containers, agent)) {
                Await.until("it passes", SOON, () -> passes(agent, asked));
                Await.until(
                        "its application says nothing", SOON, () -> stillPasses(agent, asked) && !passes(agent, own));
                consul.put("/v1/agent/check/pass/service:" + own, "");
                Await.until("its application has said so", SOON, () -> passes(agent, own));
                Await.until("it fell silent again", SOON, () -> stillPasses(agent, asked) && !passes(agent, own));
                daemon.kill();
                Await.until("nobody speaks for it any more", SOON, () -> !passes(agent, asked));
            }
            try (RegistratorProcess daemon = start(containers, agent)) {
                Await.until("it passes again", SOON, () -> passes(agent, asked));
                assertThat(daemon.log()).doesNotContain("registered ");
            }
        }
    }

    private static boolean passes(Agent agent, String id) throws Exception {
        List<String> checks = agent.checks(id);
        return !checks.isEmpty() && checks.stream().allMatch("passing"::equals);
    }

    private static boolean stillPasses(Agent agent, String id) throws Exception {
        assertThat(passes(agent, id)).as("%s passes all along", id).isTrue();
        return true;
    }

    private static RegistratorProcess start(TestContainers containers, Agent consul) throws InterruptedException {
        return RegistratorProcess.start(
                containers.docker().host(),
                "-node-id",
                NODE,
                "-filter",
                containers.filter(),
                "-ip",
                containers.gateway(),
                "-ttl",
                String.valueOf(TTL.toSeconds()),
                "-ttl-refresh",
                "1",
                consul.uri());
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
