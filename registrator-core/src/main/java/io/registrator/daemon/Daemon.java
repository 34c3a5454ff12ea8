package io.registrator.daemon;

import com.google.common.util.concurrent.Uninterruptibles;
import io.registrator.config.DaemonConfig;
import io.registrator.config.RegistryAddress;
import io.registrator.derive.Deriver;
import io.registrator.docker.EngineInfo;
import io.registrator.plan.Planner;
import io.registrator.probe.TcpProber;
import io.registrator.reconcile.LoopRuntime;
import io.registrator.reconcile.ReconcileLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running registrator: one engine, one registry, and one loop on a thread of its own. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Peers peers;
    private final SelfDescription self;
    private final ReconcileLoop loop;
    private final Thread thread;

    private Daemon(Peers peers, SelfDescription self, ReconcileLoop loop) {
        this.peers = peers;
        this.self = self;
        this.loop = loop;
        this.thread = new Thread(loop::run, "reconcile");
    }

    /**
     * Looks at the configuration alone, and asks nobody.
     *
     * @throws io.registrator.config.ConfigException when an option makes no sense
     */
    public static void check(DaemonConfig config) {
        var unused = Settings.preliminary(config);
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
        Peers peers = Peers.open(config);
        if (config.timeToLive() != null && config.registry() instanceof RegistryAddress.ConsulKv) {
            LOG.warn("-ttl does nothing with {}: entries stay until they are removed", config.registry());
        }
        SelfDescription self = null;
        try {
            self = SelfDescription.open(config);
            Daemon daemon = new Daemon(peers, self, loop(config, peers, self));
            daemon.thread.start();
            return daemon;
        } catch (InterruptedException | RuntimeException failed) {
            if (self != null) {
                self.close();
            }
            peers.close();
            throw failed;
        }
    }

    private static ReconcileLoop loop(DaemonConfig config, Peers peers, SelfDescription self)
            throws InterruptedException {
        Patience patience = new Patience(config.startup());
        EngineInfo info = patience.await("the engine", peers.engine()::engine);
        patience.await("the registry", peers.registry().services()::list);
        Node node = peers.node(info);
        LOG.info(
                "node {} at {} ({}), engine {} at {}, registry {}, {} ports",
                node.id(),
                node.address().address(),
                node.address().source(),
                info.serverVersion(),
                config.engine().uri(),
                config.registry(),
                node.settings().internal() ? "internal" : "published");
        self.know(node.id(), node.address().address(), node.settings().internal() ? "internal" : "published");
        return new ReconcileLoop(
                peers.containers(node),
                peers.registry().services(),
                new TcpProber(),
                new Deriver(node.settings()),
                new Planner(Settings.policy(config, node.id())),
                Settings.loop(config),
                LoopRuntime.system(),
                self.observer());
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
        peers.close();
    }
}
