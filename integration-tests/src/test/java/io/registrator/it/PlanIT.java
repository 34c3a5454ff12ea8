package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code plan}, {@code list} and {@code purge} beside a daemon that runs in between. */
class PlanIT {
    private static final String NODE = "plan";
    private static final int NOTHING_TO_DO = 0;
    private static final int SOMETHING_TO_DO = 2;

    private final TestContainers containers = TestContainers.ofWeb();
    private ConsulAgentProcess consul;
    private Agent agent;

    @BeforeEach
    void start() throws Exception {
        consul = ConsulAgentProcess.running();
        agent = Agent.of(consul);
    }

    @AfterEach
    void stop() throws IOException {
        containers.close();
        consul.close();
    }

    @Test
    void saysWhatARunWouldDoUntilThereIsNothingLeft() throws Exception {
        String web = containers.run("web", "-p", "8080", "-e", "SERVICE_NAME=shop");

        CommandRun before = command("plan");
        assertThat(before.exitCode()).isEqualTo(SOMETHING_TO_DO);
        assertThat(before.out()).contains("register   " + id(web)).contains("to register 1, to update 0");
        assertThat(agent.services()).isEmpty();

        runOnce();

        CommandRun after = command("plan");
        assertThat(after.exitCode()).as(after.toString()).isEqualTo(NOTHING_TO_DO);
        assertThat(after.out()).contains("keep       " + id(web)).contains("nothing to do: 1 in sync");

        containers.docker().docker("rm", "--force", web);
        CommandRun gone = command("plan");
        assertThat(gone.exitCode()).isEqualTo(SOMETHING_TO_DO);
        assertThat(gone.out()).contains("deregister " + id(web)).contains("no container gives it any more");
    }

    @Test
    void leavesAloneWhatOthersHaveRegisteredAndSaysWhose() throws Exception {
        agent.register("{\"ID\":\"by-hand\",\"Name\":\"legacy\",\"Address\":\"192.0.2.9\",\"Port\":80}");
        agent.register("{\"ID\":\"elsewhere:web:80\",\"Name\":\"web\",\"Address\":\"192.0.2.8\",\"Port\":80,\"Meta\":{"
                + "\"registrator-owner\":\"elsewhere\",\"registrator-container\":\"0123456789ab\","
                + "\"registrator-hash\":\"0123456789abcdef\"}}");
        containers.run("web", "-p", "8080", "-e", "SERVICE_ID=by-hand");

        CommandRun run = command("plan");

        assertThat(run.exitCode()).isEqualTo(NOTHING_TO_DO);
        assertThat(run.out())
                .contains("conflict   by-hand")
                .contains("held by somebody else, not a registrator; it is not overwritten")
                .contains("leave      elsewhere:web:80")
                .contains("registrator on node elsewhere registered it")
                .contains("nothing to do: 0 in sync, 1 of others, 1 in conflict");
    }

    @Test
    void answersAsJson() {
        String web = containers.run("web", "-p", "8080");

        JsonObject plan = JsonParser.parseString(command("plan", "-json").out()).getAsJsonObject();

        assertThat(plan.get("nothingToDo").getAsBoolean()).isFalse();
        JsonObject service = plan.getAsJsonArray("services").get(0).getAsJsonObject();
        assertThat(service.get("id").getAsString()).isEqualTo(id(web));
        assertThat(service.get("action").getAsString()).isEqualTo("register");
    }

    @Test
    void failsWhereTheRegistryDoesNotAnswer() throws Exception {
        consul.stop();

        CommandRun run = command("plan");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("connection refused");
    }

    @Test
    void listsAndPurgesWhatIsOursAndNothingElse() throws Exception {
        String web = containers.run("web", "-p", "8080");
        agent.register("{\"ID\":\"by-hand\",\"Name\":\"legacy\",\"Address\":\"192.0.2.9\",\"Port\":80}");
        runOnce();

        assertThat(command("list").out())
                .contains(id(web))
                .contains("1 service")
                .doesNotContain("by-hand");

        CommandRun unasked = command("purge");
        assertThat(unasked.exitCode()).isEqualTo(1);
        assertThat(unasked.err()).contains("--yes");
        assertThat(agent.services().keySet()).isEqualTo(Set.of(id(web), "by-hand"));

        CommandRun purged = command("purge", "--yes");
        assertThat(purged.exitCode()).isZero();
        assertThat(purged.out()).contains("deregistered " + id(web)).contains("1 service deregistered");
        assertThat(agent.services().keySet()).isEqualTo(Set.of("by-hand"));
    }

    private void runOnce() throws InterruptedException {
        try (RegistratorProcess daemon =
                RegistratorProcess.start(containers.docker().host(), options())) {
            daemon.awaitLog("registered   " + NODE);
        }
    }

    private CommandRun command(String name, String... more) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(more));
        all.addAll(List.of(options()));
        return CommandRun.of(containers.docker().host(), Map.of(), all.toArray(String[]::new));
    }

    private String[] options() {
        return new String[] {
            "-node-id", NODE, "-ip", containers.gateway(), "-filter", "name=" + containers.prefix() + "*", agent.uri()
        };
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }
}
