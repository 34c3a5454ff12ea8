package io.registrator.it.soak;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableSet;
import io.registrator.testing.EngineProcess;
import io.registrator.testing.SocketRelay;
import java.io.IOException;

/** All that one seed's run has to itself, and shares with no other: engine, cluster, what is between, and the daemon. */
final class Stage {
    private final EngineProcess engine;
    private final SocketRelay relay;
    private final ConsulCluster consul;
    private final ChaosProxy proxy;
    private final FakeClock clock;
    private final Daemon daemon;
    private final Containers containers;
    private final Consul agent;
    private final Consul witness;
    private final ForeignServices foreign;
    private final String node;

    /** @param cleanup closes what is opened here, also when not all of it could be opened */
    Stage(long seed, Cleanup cleanup) throws IOException, InterruptedException {
        node = "soak" + seed;
        foreign = new ForeignServices(node);
        consul = cleanup.add(ConsulCluster.start(foreign));
        agent = cleanup.add(new Consul(consul.agent().address()));
        witness = cleanup.add(new Consul(consul.witness().address()));
        proxy = cleanup.add(new ChaosProxy(consul.agent().address().getPort()));
        // The containers outlive their engine, so that services of those that nobody touches may never change.
        engine = cleanup.add(EngineProcess.start("--live-restore"));
        relay = cleanup.add(SocketRelay.to(engine.host()));
        clock = cleanup.add(new FakeClock());
        daemon = cleanup.add(new Daemon(relay.uri(), node, proxy.uri(), clock));
        containers = new Containers(engine.cli(), seed);
    }

    EngineProcess engine() {
        return engine;
    }

    /** Between daemon and engine. */
    SocketRelay relay() {
        return relay;
    }

    ConsulCluster consul() {
        return consul;
    }

    /** Between daemon and agent. */
    ChaosProxy proxy() {
        return proxy;
    }

    /** The daemon's. */
    FakeClock clock() {
        return clock;
    }

    Daemon daemon() {
        return daemon;
    }

    Containers containers() {
        return containers;
    }

    Consul agent() {
        return agent;
    }

    Consul witness() {
        return witness;
    }

    EngineView engineView() {
        return new EngineView(engine.cli(), containers.label(), node, Daemon.ADDRESS);
    }

    AgentView agentView() {
        return new AgentView(agent, ImmutableSet.copyOf(foreign.ids()));
    }

    Watched agentWatched(Timeline timeline) {
        return new Watched("the agent has it", untouched(""), ImmutableSet.copyOf(foreign.ids()), timeline);
    }

    Watched catalogWatched(Timeline timeline) {
        return new Watched("the catalog has it", untouched(""), ImmutableSet.copyOf(foreign.ids()), timeline);
    }

    Watched healthWatched(Timeline timeline) {
        return new Watched("the catalog has its health", untouched(Containers.HALE), ImmutableSet.of(), timeline);
    }

    Watched elsewhereWatched(Timeline timeline) {
        return new Watched(
                "the catalog has it of another node",
                ImmutableSet.of(),
                ImmutableSet.copyOf(foreign.idsElsewhere()),
                timeline);
    }

    private ImmutableSet<String> untouched(String prefix) {
        return containers.still().stream()
                .map(SoakContainer::name)
                .filter(name -> name.startsWith(prefix))
                .map(name -> node + ":" + name + ":" + Containers.PORT)
                .collect(toImmutableSet());
    }
}
