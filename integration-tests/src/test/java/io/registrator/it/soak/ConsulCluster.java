package io.registrator.it.soak;

import com.google.common.collect.ImmutableList;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Three Consul servers, and the client agent that a registrator writes to. The first server is never touched: what it has
 * seen is what the cluster has agreed on.
 */
final class ConsulCluster implements AutoCloseable {
    static final String AGENT_NODE = "soak-agent";
    static final String SERVER_NODE = "soak-server";
    private static final int SERVERS = 3;
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final List<ConsulAgentProcess> servers = new ArrayList<>();
    private final ConsulAgentProcess agent;

    private ConsulCluster(ForeignServices foreign) throws IOException {
        List<Integer> ports = ConsulAgentProcess.freePorts(2 * SERVERS + 1);
        String join = "retry_interval = \"1s\"\nretry_join = ["
                + ports.stream()
                        .limit(SERVERS)
                        .map("\"127.0.0.1:%d\""::formatted)
                        .collect(Collectors.joining(", ")) + "]\n";
        for (int i = 0; i < SERVERS; i++) {
            servers.add(ConsulAgentProcess.prepare(
                    join,
                    "node_name = \"%s%d\"\nbootstrap_expect = %d".formatted(SERVER_NODE, i, SERVERS),
                    "ports { serf_lan = %d server = %d serf_wan = -1 }".formatted(ports.get(i), ports.get(SERVERS + i)),
                    i == 0 ? foreign.configurationElsewhere() : ""));
        }
        agent = ConsulAgentProcess.prepare(
                join,
                "node_name = \"%s\"\nnode_id = \"%s\"".formatted(AGENT_NODE, UUID.randomUUID()),
                // Ended in order it would take leave of the cluster, and all its services with it.
                "server = false\nbootstrap_expect = 0\nleave_on_terminate = false",
                "ports { serf_lan = %d serf_wan = -1 }".formatted(ports.getLast()),
                foreign.configuration());
    }

    /** A cluster that has a leader, on ports that nobody else has taken meanwhile. */
    static ConsulCluster start(ForeignServices foreign) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            ConsulCluster cluster = new ConsulCluster(foreign);
            try {
                cluster.launch();
                return cluster;
            } catch (AssertionError | IOException clash) {
                cluster.close();
                if (attempt == ATTEMPTS) {
                    throw clash;
                }
            }
        }
    }

    private void launch() throws IOException, InterruptedException {
        for (ConsulAgentProcess server : servers) {
            server.launch();
        }
        awaitLeader();
        startAgent();
        Await.until(
                "the agent has found its servers",
                PATIENCE,
                () -> agent.get("/v1/status/leader").contains(":"));
    }

    ConsulAgentProcess agent() {
        return agent;
    }

    /** The one that is never touched. */
    ConsulAgentProcess witness() {
        return servers.getFirst();
    }

    void stopAgent() throws InterruptedException {
        agent.stop();
    }

    void killAgent() throws InterruptedException {
        agent.kill();
    }

    void wipeAgent() throws IOException, InterruptedException {
        agent.kill();
        agent.wipe();
    }

    /** It answers when this returns, whether it has found its servers or not. */
    void startAgent() throws IOException, InterruptedException {
        launch(agent);
        awaitAnswer(agent, "/v1/agent/self");
    }

    void freezeMajority() throws IOException, InterruptedException {
        for (ConsulAgentProcess server : majority()) {
            server.freeze();
        }
    }

    void thawMajority() throws IOException, InterruptedException {
        for (ConsulAgentProcess server : majority()) {
            server.thaw();
        }
        awaitLeader();
    }

    void killMajority() throws InterruptedException {
        for (ConsulAgentProcess server : majority()) {
            server.kill();
        }
    }

    void startMajority() throws IOException, InterruptedException {
        for (ConsulAgentProcess server : majority()) {
            launch(server);
        }
        for (ConsulAgentProcess server : majority()) {
            awaitAnswer(server, "/v1/agent/self");
        }
        awaitLeader();
    }

    private ImmutableList<ConsulAgentProcess> majority() {
        return ImmutableList.copyOf(servers.subList(1, SERVERS));
    }

    private static void launch(ConsulAgentProcess member) throws IOException {
        if (member.isRunning()) {
            throw new IllegalStateException("Consul is running already");
        }
        member.launch();
    }

    /** One whose port was taken while it was away tries again. */
    private static void awaitAnswer(ConsulAgentProcess member, String target) throws InterruptedException {
        Await.until("Consul answers", PATIENCE, () -> {
            if (!member.isRunning()) {
                if (!member.log().contains("address already in use")) {
                    throw new IOException("Consul has ended: " + member.log());
                }
                member.launch();
            }
            return !member.get(target).isEmpty();
        });
    }

    /** One that commits. */
    private void awaitLeader() throws InterruptedException {
        Await.until("Consul commits", PATIENCE, () -> {
            for (ConsulAgentProcess server : servers) {
                if (!server.isRunning()) {
                    throw new IOException("Consul has ended: " + server.log());
                }
            }
            return witness().put("/v1/kv/soak", "x").contains("true");
        });
    }

    @Override
    public void close() throws IOException {
        agent.close();
        for (ConsulAgentProcess server : servers) {
            server.close();
        }
    }
}
