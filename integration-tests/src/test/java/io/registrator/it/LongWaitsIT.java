package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What takes a minute, side by side: Consul reaps nothing sooner, and looks for what to reap every thirty seconds. */
class LongWaitsIT {
    private static final String NODE = "patient";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final Duration UNTIL_REAPED = Duration.ofSeconds(110);
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    @Test
    void anEngineThatIsAwayForAMinuteAndAServiceThatConsulReaps() throws Throwable {
        FutureTask<Void> away = begin(LongWaitsIT::nothingIsDeregisteredWhileTheEngineIsAway);
        FutureTask<Void> reaped = begin(LongWaitsIT::whatConsulReapedComesBackWhenItListens);
        try {
            away.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
            reaped.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        } finally {
            away.cancel(true);
            reaped.cancel(true);
        }
    }

    private static FutureTask<Void> begin(Callable<Void> story) {
        FutureTask<Void> task = new FutureTask<>(story);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static Void nothingIsDeregisteredWhileTheEngineIsAway() throws Exception {
        try (Simulation simulation = Simulation.start(ApiVersion.V1_52, "-resync", "2")) {
            SimulatedEngine engine = simulation.engine();
            for (int i = 0; i < 20; i++) {
                engine.run(ContainerSpec.named("c" + i).publish(80, 20_000 + i));
            }
            simulation.awaitEqual(SOON);
            Set<String> before = simulation.agent().ids(Simulation.NODE, "");
            List<Set<String>> others = new ArrayList<>();

            engine.stop();
            Instant back = Instant.now().plus(A_MINUTE);
            Await.until("a minute is over", A_MINUTE.plus(SOON), () -> {
                Set<String> seen = simulation.agent().ids(Simulation.NODE, "");
                if (!seen.equals(before)) {
                    others.add(seen);
                }
                return Instant.now().isAfter(back);
            });
            assertThat(others).isEmpty();
            assertThat(before).hasSize(20);

            engine.run(ContainerSpec.named("meanwhile").publish(80, 20_100));
            engine.startAgain();
            simulation.awaitEqual(Duration.ofSeconds(5));
            assertThat(simulation.daemon().log()).doesNotContain("deregistered").doesNotContain("ERROR");
            return null;
        }
    }

    private static Void whatConsulReapedComesBackWhenItListens() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_44);
                RegistratorProcess daemon = RegistratorProcess.start(
                        engine.uri(),
                        "-node-id",
                        NODE,
                        "-ip",
                        "127.0.0.1",
                        "-resync",
                        "2",
                        Agent.of(consul).uri())) {
            Agent agent = Agent.of(consul);
            int port;
            List<String> ids;
            try (ServerSocket service = listening(0)) {
                port = service.getLocalPort();
                ids = List.of(NODE + ":web:" + port);
                engine.run(web(port));
                agent.awaitIds(NODE, "", ids, SOON);
            }
            agent.awaitIds(NODE, "", List.of(), UNTIL_REAPED);
            daemon.awaitLog("was removed by the registry for being critical too long");
            long listings = engine.requests("/containers/json");
            Await.until("two more passes", SOON, () -> engine.requests("/containers/json") >= listings + 2);
            assertThat(agent.ids(NODE, "")).isEmpty();

            try (ServerSocket again = listening(port)) {
                assertThat(again.isBound()).isTrue();
                agent.awaitIds(NODE, "", ids, Duration.ofSeconds(3));
            }
            Await.until("both registrations are in the log", SOON, () -> registrations(daemon) == 2);
            return null;
        }
    }

    /** On the host's network, so that its port can be a socket of this process. */
    private static ContainerSpec web(int port) {
        return ContainerSpec.named("web")
                .network("host")
                .port(port + "/tcp", 0)
                .env("SERVICE_CHECK_TCP=true", "SERVICE_CHECK_INTERVAL=1s", "SERVICE_CHECK_DEREGISTER_AFTER=1m");
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static long registrations(RegistratorProcess daemon) {
        return daemon.log()
                .lines()
                .filter(line -> line.contains(" registered   " + NODE + ":web:"))
                .count();
    }
}
