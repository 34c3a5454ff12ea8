package io.registrator.daemon;

import com.google.common.collect.ImmutableSet;
import io.registrator.config.DaemonConfig;
import io.registrator.docker.DockerSource;
import io.registrator.docker.EngineInfo;
import io.registrator.explain.Survey;
import io.registrator.host.HostAddress;
import io.registrator.host.HostAddressRule;
import io.registrator.host.HostNetwork;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource;
import java.net.InetAddress;
import java.time.Duration;

/** The engine and the registry of one configuration, and what the two tell about this host. */
record Peers(DaemonConfig config, DockerSource engine, Registries.Opened registry) implements AutoCloseable {
    /** Of one text that a template fetches. */
    private static final Duration WEB_DEADLINE = Duration.ofSeconds(5);

    /**
     * With no connection open yet.
     *
     * @throws io.registrator.config.ConfigException when an option makes no sense, or a file that the configuration names
     *     cannot be used
     */
    static Peers open(DaemonConfig config) {
        DockerSource engine = Engines.open(config.engine(), Settings.preliminary(config)::needsDocument);
        try {
            return new Peers(config, engine, Registries.open(config.registry(), config.consul()));
        } catch (RuntimeException unusable) {
            engine.close();
            throw unusable;
        }
    }

    /** @throws StartupException when there is no address for services */
    Node node(EngineInfo info) {
        String id = Settings.nodeId(config, info);
        return switch (hostAddress(info)) {
            case Outcome.Success<HostAddress>(HostAddress address) ->
                new Node(id, address, info, Settings.derivation(config, id, address.address()));
            case Outcome.Failed<HostAddress>(Failure why) -> throw new StartupException(why.message());
        };
    }

    /** The address of published ports; found out only where nobody says it. */
    private Outcome<HostAddress> hostAddress(EngineInfo info) {
        String ip = config.services().ip();
        if (ip != null) {
            return Outcome.success(new HostAddress(ip, "-ip"));
        }
        ImmutableSet<InetAddress> gateways =
                engine.bridgeGateways() instanceof Outcome.Success<ImmutableSet<InetAddress>>(var found)
                        ? found
                        : ImmutableSet.of();
        return new HostAddressRule(HostNetwork.ofThisProcess())
                .find(info.name(), gateways, registry.advertisedAddress());
    }

    /** All containers, and what is wanted of them. */
    Survey survey(Node node) {
        return new Containers(containers(node), registry.services().knowsMaintenance())
                .survey(node, Settings.policy(config, node.id()));
    }

    /** The engine's containers, with what their templates fetch from the web where that is allowed. */
    ContainerSource containers(Node node) {
        return config.services().allowTemplateHttp()
                ? new WebTextSource(engine, node.settings(), new JdkWebClient(WEB_DEADLINE))
                : engine;
    }

    @Override
    public void close() {
        registry.services().close();
        engine.close();
    }
}
