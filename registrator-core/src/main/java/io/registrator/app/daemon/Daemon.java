package io.registrator.app.daemon;

import com.google.common.util.concurrent.Uninterruptibles;
import io.registrator.app.config.DaemonConfig;
import io.registrator.app.config.RegistryAddress;
import io.registrator.app.config.SupervisionSettings;
import io.registrator.derive.Deriver;
import io.registrator.engine.docker.DockerSource;
import io.registrator.engine.docker.EngineInfo;
import io.registrator.model.Outcome;
import io.registrator.net.probe.TcpProber;
import io.registrator.ops.observe.FanOut;
import io.registrator.ops.supervise.StatusLine;
import io.registrator.ops.supervise.Supervision;
import io.registrator.plan.Planner;
import io.registrator.reconcile.EngineLostException;
import io.registrator.reconcile.LoopRuntime;
import io.registrator.reconcile.ReconcileLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running registrator: one engine, one registry, and one loop on a thread of its own. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Peers peers;
    private final SelfDescription self;
    private final Supervision supervision;
    private final ReconcileLoop loop;
    private final Thread thread;
    /** What becomes of services at the end, in words. */
    private final String ending;

    private volatile @Nullable Throwable died;

    private Daemon(Peers peers, SelfDescription self, Supervision supervision, ReconcileLoop loop, String ending) {
        this.ending = ending;
        this.peers = peers;
        this.self = self;
        this.supervision = supervision;
        this.loop = loop;
        this.thread = new Thread(this::run, "reconcile");
    }

    /**
     * Looks at the configuration alone, and asks nobody.
     *
     * @throws io.registrator.app.config.ConfigException when an option makes no sense
     */
    public static void check(DaemonConfig config) {
        var unused = Settings.preliminary(config);
    }

    /**
     * Waits for engine and registry as long as the configuration says, then runs until {@link #close}.
     *
     * @throws StartupException when a peer never answered, or the admin server's address cannot be had
     * @throws io.registrator.app.config.ConfigException when an option makes no sense, or a file that the configuration names
     *     cannot be used
     */
    public static Daemon start(DaemonConfig config) throws InterruptedException {
        Peers peers = Peers.open(config);
        if (config.heartbeat() != null && config.registry() instanceof RegistryAddress.ConsulKv) {
            LOG.warn("-ttl does nothing with {}: entries stay until they are removed", config.registry());
        }
        SelfDescription self = null;
        SupervisionSettings watched = config.supervision();
        Supervision supervision = Supervision.start(watched.healthFile(), watched.systemd(), watched.period());
        try {
            self = SelfDescription.open(config);
            ReconcileLoop loop = loop(config, peers, self, supervision);
            Daemon daemon = new Daemon(
                    peers,
                    self,
                    supervision,
                    loop,
                    config.deregisterOnExit() ? "and deregistering our services" : "services stay registered");
            daemon.thread.start();
            supervision.watch(loop::afterNextStep);
            return daemon;
        } catch (InterruptedException | RuntimeException failed) {
            supervision.close();
            if (self != null) {
                self.close();
            }
            peers.close();
            throw failed;
        }
    }

    private static ReconcileLoop loop(DaemonConfig config, Peers peers, SelfDescription self, Supervision supervision)
            throws InterruptedException {
        StartupRetry retry = new StartupRetry(config.startup(), supervision);
        supervision.watch(retry);
        EngineInfo info = retry.await("the engine", () -> askedFor(peers.engine()));
        retry.await("the registry", peers.registry().services()::list);
        Node node = peers.node(info);
        LOG.info(
                "node {}, engine {} at {}, registry {}, {} ports",
                node.id(),
                info.serverVersion(),
                config.engine().uri(),
                config.registry(),
                node.settings().rules().internal() ? "internal" : "published");
        self.know(node.id(), config.services().ip(), node.settings().rules().internal() ? "internal" : "published");
        return new ReconcileLoop(
                peers.containers(node),
                peers.registry().services(),
                peers.hostAddress(node),
                new TcpProber(),
                new Deriver(node.settings()),
                new Planner(Settings.policy(config, node.id())),
                Settings.loop(config),
                LoopRuntime.system(),
                supervision.isWanted() ? FanOut.to(self.observer(), new StatusLine(supervision)) : self.observer());
    }

    /** Waiting for an engine that can never answer this process would be for ever. */
    private static Outcome<EngineInfo> askedFor(DockerSource engine) {
        Outcome<EngineInfo> outcome = engine.engine();
        if (outcome instanceof Outcome.Failed<EngineInfo>) {
            engine.lostForGood().ifPresent(why -> {
                throw new StartupException(why);
            });
        }
        return outcome;
    }

    private void run() {
        try {
            loop.run();
        } catch (EngineLostException lost) {
            LOG.error("the daemon ends, and services stay registered: {}", lost.getMessage());
            died = lost;
        } catch (RuntimeException | Error fatal) {
            LOG.error("the daemon ends by an error that nothing can be done about", fatal);
            died = fatal;
        }
    }

    /**
     * Returns when the daemon has ended.
     *
     * @throws StartupException when the engine will never answer this process again
     * @throws IllegalStateException when it ended by an error of its own
     */
    public void awaitEnd() throws InterruptedException {
        thread.join();
        if (died instanceof EngineLostException lost) {
            throw new StartupException(String.valueOf(lost.getMessage()));
        }
        if (died != null) {
            throw new IllegalStateException("the daemon has ended by an error", died);
        }
    }

    /** Lets the loop finish what it has begun, for at most a few seconds, and closes all connections. */
    @Override
    public void close() {
        LOG.info("ending, {}", ending);
        supervision.stopping();
        loop.stop();
        Uninterruptibles.joinUninterruptibly(thread);
        supervision.close();
        self.close();
        peers.close();
    }
}
