package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.ConsulAgentProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many containers at once. */
class BurstIT {
    private static final String NODE = "burst";
    private static final int CONTAINERS = 40;
    private static final int ROUNDS = Integer.getInteger("burst.rounds", 2);
    private static final int OTHERS = Integer.getInteger("burst.others", 60);
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void equalsTheEngineAfterEveryBurst() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers, Agent.of(consul))) {
            List<String> names = make(containers, CONTAINERS);
            for (int round = 1; round <= ROUNDS; round++) {
                containers.each(names, "start");
                awaitEqual(Agent.of(consul), containers);
                assertThat(containers.running()).hasSize(CONTAINERS);

                containers.each(names, "kill");
                awaitEqual(Agent.of(consul), containers);
                assertThat(containers.running()).isEmpty();
            }
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void missesNothingThatHappensDuringItsFirstPass() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers others = TestContainers.ofWeb();
                TestContainers containers = TestContainers.ofWeb()) {
            List<String> crowd = make(others, OTHERS);
            others.each(crowd, "start");
            List<String> names = make(containers, CONTAINERS);
            containers.each(names.subList(0, 20), "start");
            try (RegistratorProcess daemon =
                    RegistratorProcess.launch(others.docker().host(), arguments(others, Agent.of(consul)))) {
                daemon.awaitLog("listening to the engine's events");
                containers.each(names.subList(0, 10), "kill");
                containers.each(names.subList(20, 40), "start");
                daemon.awaitReady();

                awaitEqual(Agent.of(consul), containers);
                awaitEqual(Agent.of(consul), others);
                assertThat(containers.running()).hasSize(30);
                assertThat(others.running()).hasSize(OTHERS);
            }
        }
    }

    /** Killed in the middle of a burst, and started again. */
    @Test
    void isRightAfterItWasKilledInTheMiddleOfABurst() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb()) {
            List<String> names = make(containers, CONTAINERS);
            containers.each(names.subList(0, 20), "start");
            try (RegistratorProcess first = start(containers, Agent.of(consul))) {
                Thread burst = Thread.ofVirtual().start(() -> burst(containers, names));
                first.awaitLog("deregistered ");
                first.kill();
                burst.join();
            }
            try (RegistratorProcess second = start(containers, Agent.of(consul))) {
                awaitEqual(Agent.of(consul), containers);
                assertThat(containers.running()).hasSize(20);
                assertThat(second.log()).doesNotContain("ERROR");
            }
        }
    }

    private static void burst(TestContainers containers, List<String> names) {
        try {
            containers.each(names.subList(0, 20), "kill");
            containers.each(names.subList(20, 40), "start");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> make(TestContainers containers, int count) {
        List<String> names = containers.names(count);
        for (int i = 0; i < count; i++) {
            containers.create("n" + i, "-p", "8080", "-e", "SERVICE_NAME=burst");
        }
        return names;
    }

    private static RegistratorProcess start(TestContainers containers, Agent consul) throws InterruptedException {
        return RegistratorProcess.start(containers.docker().host(), arguments(containers, consul));
    }

    private static String[] arguments(TestContainers containers, Agent consul) {
        return Stream.of("-node-id", NODE, "-filter", "name=it-*", "-ip", containers.gateway(), consul.uri())
                .toArray(String[]::new);
    }

    private static void awaitEqual(Agent consul, TestContainers containers) throws InterruptedException {
        List<String> expected = containers.running().stream()
                .map(name -> NODE + ":" + name + ":8080")
                .toList();
        consul.awaitIds(NODE, containers.prefix(), expected, SOON);
    }
}
