package io.registrator.app.daemon;

import io.registrator.app.config.DaemonConfig;
import io.registrator.engine.docker.DockerSource;
import io.registrator.engine.docker.EngineInfo;
import io.registrator.model.HostAddress;
import io.registrator.net.host.EngineEvidence;
import io.registrator.net.host.HostAddressRule;
import io.registrator.net.host.HostNetwork;
import io.registrator.net.host.NamespaceRule;
import io.registrator.net.host.OwnProcess;
import io.registrator.ops.explain.Survey;
import io.registrator.reconcile.ContainerSource;
import io.registrator.reconcile.HostAddressSource;
import java.time.Duration;

/** The engine and the registry of one configuration, and what the two tell about this host. */
record Peers(DaemonConfig config, DockerSource engine, Registries.Opened registry) implements AutoCloseable {
    /** Of one text that a template fetches. */
    private static final Duration WEB_DEADLINE = Duration.ofSeconds(5);

    /**
     * With no connection open yet.
     *
     * @throws io.registrator.app.config.ConfigException when an option makes no sense, or a file that the configuration names
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

    Node node(EngineInfo info) {
        String id = Settings.nodeId(config, info);
        return new Node(id, info, Settings.derivation(config, id, HostAddress.NOT_ASKED));
    }

    /** Finds the address of published ports, for where nobody says it. */
    HostAddressSource hostAddress(Node node) {
        HostNetwork network = HostNetwork.ofThisProcess();
        EngineEvidence evidence =
                new HostEngine(engine, node.engine(), config.engine().uri());
        NamespaceRule namespace = new NamespaceRule(OwnProcess.ofLinux(), network, evidence);
        return new HostAddressRule(node.engine().name(), network, namespace::find, registry.advertisedAddress())::find;
    }

    /** All containers, and what is wanted of them where the host's address is not known. */
    Survey survey(Node node) {
        return new Containers(containers(node), registry.services().knowsMaintenance())
                .survey(node, Settings.policy(config, node.id()));
    }

    /** The engine's containers, with what their templates fetch from the web where that is allowed. */
    ContainerSource containers(Node node) {
        return config.services().allowTemplateHttp()
                ? new WebTextSource(engine, Settings.anywhere(node.settings()), new JdkWebClient(WEB_DEADLINE))
                : engine;
    }

    @Override
    public void close() {
        registry.services().close();
        engine.close();
    }
}
