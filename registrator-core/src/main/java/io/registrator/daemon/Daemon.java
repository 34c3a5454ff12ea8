package io.registrator.daemon;

import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.Uninterruptibles;
import io.registrator.config.DaemonConfig;
import io.registrator.config.RegistryAddress;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.Deriver;
import io.registrator.docker.DockerSource;
import io.registrator.docker.EngineInfo;
import io.registrator.host.HostAddress;
import io.registrator.host.HostAddressRule;
import io.registrator.host.HostNetwork;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.plan.Planner;
import io.registrator.probe.TcpProber;
import io.registrator.reconcile.ContainerSource;
import io.registrator.reconcile.LoopRuntime;
import io.registrator.reconcile.ReconcileLoop;
import java.net.InetAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running registrator: one engine, one registry, and one loop on a thread of its own. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    /** Of one text that a template fetches. */
    private static final Duration WEB_DEADLINE = Duration.ofSeconds(5);

    private final DockerSource engine;
    private final Registries.Opened registry;
    private final SelfDescription self;
    private final ReconcileLoop loop;
    private final Thread thread;

    private Daemon(DockerSource engine, Registries.Opened registry, SelfDescription self, ReconcileLoop loop) {
        this.engine = engine;
        this.self = self;
        this.registry = registry;
        this.loop = loop;
        this.thread = new Thread(loop::run, "reconcile");
    }

    /**
     * Waits for engine and registry as long as the configuration says, then runs until {@link #close}.
     *
     * @throws StartupException when a peer never answered, there is no address for services, or the admin server's
     *     address cannot be had
     * @throws io.registrator.config.ConfigException when an option makes no sense, or a file that the configuration names
     *     cannot be used
     */
    public static Daemon start(DaemonConfig config) throws InterruptedException {
        DockerSource engine = Engines.open(config.engine(), Settings.preliminary(config)::needsDocument);
        Registries.Opened registry = Registries.open(config.registry(), config.consul());
        if (config.timeToLive() != null && config.registry() instanceof RegistryAddress.ConsulKv) {
            LOG.warn("-ttl does nothing with {}: entries stay until they are removed", config.registry());
        }
        SelfDescription self = null;
        try {
            self = SelfDescription.open(config);
            Daemon daemon = new Daemon(engine, registry, self, loop(config, engine, registry, self));
            daemon.thread.start();
            return daemon;
        } catch (InterruptedException | RuntimeException failed) {
            if (self != null) {
                self.close();
            }
            registry.services().close();
            engine.close();
            throw failed;
        }
    }

    private static ReconcileLoop loop(
            DaemonConfig config, DockerSource engine, Registries.Opened registry, SelfDescription self)
            throws InterruptedException {
        Patience patience = new Patience(config.startup());
        EngineInfo info = patience.await("the engine", engine::engine);
        patience.await("the registry", registry.services()::list);
        String nodeId = Settings.nodeId(config, info);
        HostAddress host = hostAddress(config, info, engine, registry);
        DerivationSettings settings = Settings.derivation(config, nodeId, host.address());
        LOG.info(
                "node {} at {} ({}), engine {} at {}, registry {}, {} ports",
                nodeId,
                host.address(),
                host.source(),
                info.serverVersion(),
                config.engine().uri(),
                config.registry(),
                settings.internal() ? "internal" : "published");
        self.know(nodeId, host.address(), settings.internal() ? "internal" : "published");
        ContainerSource containers = config.services().allowTemplateHttp()
                ? new WebTextSource(engine, settings, new JdkWebClient(WEB_DEADLINE))
                : engine;
        return new ReconcileLoop(
                containers,
                registry.services(),
                new TcpProber(),
                new Deriver(settings),
                new Planner(Settings.policy(config, nodeId)),
                Settings.loop(config),
                LoopRuntime.system(),
                self.observer());
    }

    /** The address of published ports; found out only where nobody says it. */
    private static HostAddress hostAddress(
            DaemonConfig config, EngineInfo info, DockerSource engine, Registries.Opened registry) {
        String ip = config.services().ip();
        if (ip != null) {
            return new HostAddress(ip, "-ip");
        }
        ImmutableSet<InetAddress> gateways =
                engine.bridgeGateways() instanceof Outcome.Success<ImmutableSet<InetAddress>>(var found)
                        ? found
                        : ImmutableSet.of();
        Outcome<HostAddress> found = new HostAddressRule(HostNetwork.ofThisProcess())
                .find(info.name(), gateways, registry.advertisedAddress());
        return switch (found) {
            case Outcome.Success<HostAddress>(HostAddress address) -> address;
            case Outcome.Failed<HostAddress>(Failure why) -> throw new StartupException(why.message());
        };
    }

    /** Returns when the daemon has ended. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** Lets the loop finish what it has begun, for at most a few seconds, and closes all connections. */
    @Override
    public void close() {
        loop.stop();
        Uninterruptibles.joinUninterruptibly(thread);
        self.close();
        registry.services().close();
        engine.close();
    }
}
