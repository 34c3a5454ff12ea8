package io.registrator.daemon;

import com.google.common.util.concurrent.Uninterruptibles;
import io.registrator.config.DaemonConfig;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.Deriver;
import io.registrator.docker.DockerSource;
import io.registrator.docker.EngineInfo;
import io.registrator.observe.LoggingObserver;
import io.registrator.plan.Planner;
import io.registrator.reconcile.LoopRuntime;
import io.registrator.reconcile.ReconcileLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running registrator: one engine, one registry, and one loop on a thread of its own. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final DockerSource engine;
    private final Registries.Opened registry;
    private final ReconcileLoop loop;
    private final Thread thread;

    private Daemon(DockerSource engine, Registries.Opened registry, ReconcileLoop loop) {
        this.engine = engine;
        this.registry = registry;
        this.loop = loop;
        this.thread = new Thread(loop::run, "reconcile");
    }

    /**
     * Waits for engine and registry as long as the configuration says, then runs until {@link #close}.
     *
     * @throws StartupException when a peer never answered, or there is no address for services
     * @throws io.registrator.config.ConfigException when a file that the configuration names cannot be used
     */
    public static Daemon start(DaemonConfig config) throws InterruptedException {
        DockerSource engine = Engines.open(config.engine());
        Registries.Opened registry = Registries.open(config.registry(), config.consul());
        try {
            Daemon daemon = new Daemon(engine, registry, loop(config, engine, registry));
            daemon.thread.start();
            return daemon;
        } catch (InterruptedException | RuntimeException failed) {
            registry.services().close();
            engine.close();
            throw failed;
        }
    }

    private static ReconcileLoop loop(DaemonConfig config, DockerSource engine, Registries.Opened registry)
            throws InterruptedException {
        Patience patience = new Patience(config.startup());
        EngineInfo info = patience.await("the engine", engine::engine);
        patience.await("the registry", registry.services()::list);
        String nodeId = Settings.nodeId(config, info);
        DerivationSettings settings = Settings.derivation(config, nodeId, hostAddress(config));
        LOG.info(
                "node {}, engine {} at {}, registry {}, {} ports",
                nodeId,
                info.serverVersion(),
                config.engine().uri(),
                config.registry(),
                settings.internal() ? "internal" : "published");
        return new ReconcileLoop(
                engine,
                registry.services(),
                new Deriver(settings),
                new Planner(Settings.policy(config, nodeId)),
                Settings.loop(config),
                LoopRuntime.system(),
                new LoggingObserver());
    }

    private static String hostAddress(DaemonConfig config) {
        String ip = config.services().ip();
        return ip == null ? "192.0.2.1" : ip;
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
        registry.services().close();
        engine.close();
    }
}
