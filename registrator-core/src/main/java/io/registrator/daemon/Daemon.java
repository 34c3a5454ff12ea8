package io.registrator.daemon;

import io.registrator.config.DaemonConfig;
import io.registrator.derive.Deriver;
import io.registrator.docker.DockerSource;
import io.registrator.observe.LoggingObserver;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import io.registrator.reconcile.LoopRuntime;
import io.registrator.reconcile.LoopSettings;
import io.registrator.reconcile.ReconcileLoop;
import io.registrator.reconcile.ServiceRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running registrator: one engine, one registry, one loop on a thread of its own. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final DockerSource engine;
    private final ServiceRegistry registry;
    private final ReconcileLoop loop;
    private final Thread thread;

    private Daemon(DockerSource engine, ServiceRegistry registry, ReconcileLoop loop) {
        this.engine = engine;
        this.registry = registry;
        this.loop = loop;
        this.thread = new Thread(loop::run, "reconcile");
    }

    /**
     * Waits for engine and registry as the configuration says, then runs until {@link #close}.
     *
     * @throws StartupException when a peer never answered, or there is no address for services
     * @throws io.registrator.config.ConfigException when the configuration names something that cannot be used
     */
    public static Daemon start(DaemonConfig config) throws InterruptedException {
        DockerSource engine = Peers.engine(config.engine());
        Registries.Opened registry = Registries.open(config.registry(), config.consul());
        try {
            Daemon daemon = assemble(config, engine, registry);
            daemon.thread.start();
            return daemon;
        } catch (InterruptedException | RuntimeException failed) {
            registry.services().close();
            engine.close();
            throw failed;
        }
    }
}
