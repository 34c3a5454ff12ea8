package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.ConsulAgentProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection to the engine that is dead and does not end. */
class SilentStreamIT {
    private static final String NODE = "silent";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void isNoticedByWhatListingsShowAndOpenedAnew() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                TestContainers containers = TestContainers.ofWeb();
                EngineProxy engine = new EngineProxy(containers.docker().host(), (method, path) -> true);
                RegistratorProcess daemon = RegistratorProcess.start(
                        engine.uri(),
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-resync",
                        "2",
                        Agent.of(consul).uri())) {
            Agent agent = Agent.of(consul);
            String web = containers.run("web", "-p", "8080");
            String other = containers.run("other", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), List.of(id(web), id(other)), SOON);

            engine.silenceStreams();
            containers.docker().docker("stop", web);

            agent.awaitIds(NODE, containers.prefix(), List.of(id(other)), SOON);
            // An event of the first one's start may have come in the same interval, and then counts for its stop as
            // well.
            String late = containers.run("late", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), List.of(id(other), id(late)), SOON);
            daemon.awaitLog("engine told nothing of containers that have changed; listening anew");
            containers.docker().docker("stop", other);
            agent.awaitIds(NODE, containers.prefix(), List.of(id(late)), SOON);
            assertThat(daemon.log()).containsOnlyOnce("listening anew");
        }
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
