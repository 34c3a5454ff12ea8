package io.registrator.it;

import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.SimulatedEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated engine, a Consul agent, and the shipped daemon between the two. Containers are only told of, and no port
 * listens, so that nothing is probed and services have no checks.
 */
public final class Simulation implements AutoCloseable {
    static final String NODE = "simulation";
    private static final String ADDRESS = "192.0.2.1";

    private final SimulatedEngine engine;
    private final ConsulAgentProcess consul;
    private final RegistratorProcess daemon;

    private Simulation(SimulatedEngine engine, ConsulAgentProcess consul, RegistratorProcess daemon) {
        this.engine = engine;
        this.consul = consul;
        this.daemon = daemon;
    }

    /** Of an engine that has no containers yet; with further options for the daemon, whose first pass is over. */
    public static Simulation start(ApiVersion version, String... options) throws IOException, InterruptedException {
        SimulatedEngine engine = SimulatedEngine.start(version);
        ConsulAgentProcess consul = ConsulAgentProcess.running("disable_coordinates = true");
        List<String> arguments =
                new ArrayList<>(List.of("-node-id", NODE, "-ip", ADDRESS, "-register-on", "start", "-check", "none"));
        arguments.addAll(List.of(options));
        arguments.add(Agent.of(consul).uri());
        RegistratorProcess daemon = RegistratorProcess.start(engine.uri(), arguments.toArray(String[]::new));
        return new Simulation(engine, consul, daemon);
    }

    public SimulatedEngine engine() {
        return engine;
    }

    public Agent agent() {
        return Agent.of(consul);
    }

    public RegistratorProcess daemon() {
        return daemon;
    }

    /** Until Consul has exactly the services of the containers that run, each of which publishes its port 80. */
    public void awaitEqual(Duration patience) throws InterruptedException {
        List<String> expected =
                engine.running().stream().map(name -> NODE + ":" + name + ":80").toList();
        agent().awaitIds(NODE, "", expected, patience);
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        consul.close();
        engine.close();
    }
}
