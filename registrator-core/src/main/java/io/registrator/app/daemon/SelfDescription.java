package io.registrator.app.daemon;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.registrator.app.config.AdminAddress;
import io.registrator.app.config.DaemonConfig;
import io.registrator.model.HostAddress;
import io.registrator.model.HostPort;
import io.registrator.ops.admin.About;
import io.registrator.ops.admin.AdminHandler;
import io.registrator.ops.admin.AdminServer;
import io.registrator.ops.admin.Routes;
import io.registrator.ops.observe.EventLag;
import io.registrator.ops.observe.FanOut;
import io.registrator.ops.observe.LoggingObserver;
import io.registrator.ops.observe.Metrics;
import io.registrator.ops.observe.MetricsOfState;
import io.registrator.ops.observe.Readiness;
import io.registrator.ops.observe.StatusBoard;
import io.registrator.reconcile.ReconcileObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the daemon tells people about itself: the log always; board, metrics and the server that shows them only where
 * {@code -admin} asks for it, so that they cost nothing elsewhere. The server answers from the start, also while the daemon
 * still waits for its peers.
 */
final class SelfDescription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfDescription.class);

    private final ReconcileObserver observer;
    private final AtomicReference<About> about;
    private final @Nullable AdminServer server;

    private SelfDescription(ReconcileObserver observer, AtomicReference<About> about, @Nullable AdminServer server) {
        this.observer = observer;
        this.about = about;
        this.server = server;
    }

    /** @throws StartupException when the address cannot be had */
    static SelfDescription open(DaemonConfig config) {
        AtomicReference<About> about = new AtomicReference<>(new About(
                version(),
                "",
                "",
                config.engine().uri().toString(),
                config.registry().toString(),
                ""));
        AdminAddress address = config.admin();
        if (address == null) {
            return new SelfDescription(new LoggingObserver(), about, null);
        }
        InstantSource clock = InstantSource.system();
        PrometheusRegistry registry = new PrometheusRegistry();
        StatusBoard board = new StatusBoard(clock, System::nanoTime);
        Metrics metrics = new Metrics(registry, System::nanoTime);
        EventLag lag = new EventLag(System::nanoTime, took -> {
            metrics.lagged(took);
            board.lagged(took);
        });
        Readiness readiness = new Readiness(config.resync(), System::nanoTime);
        MetricsOfState.register(registry, board, readiness, lag::dirty, version());
        Routes routes = new Routes(board, readiness, registry, about::get, clock);
        return new SelfDescription(
                FanOut.to(new LoggingObserver(), addressKeeper(about), board, metrics, lag),
                about,
                serve(address, routes));
    }

    private static AdminServer serve(AdminAddress address, Routes routes) {
        String name = address instanceof AdminAddress.Tcp tcp ? tcp.address().getHost() : "localhost";
        try {
            SocketAddress asked = socketAddress(address);
            AdminServer server = AdminServer.open(asked, new AdminHandler(name, routes));
            say(asked, server.address());
            return server;
        } catch (IOException taken) {
            throw new StartupException("cannot listen at -admin " + address + ": " + taken.getMessage());
        }
    }

    private static SocketAddress socketAddress(AdminAddress address) throws IOException {
        return switch (address) {
            case AdminAddress.Unix unix -> UnixDomainSocketAddress.of(unix.socket());
            case AdminAddress.Tcp tcp -> resolved(tcp);
        };
    }

    private static SocketAddress resolved(AdminAddress.Tcp tcp) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(tcp.address().getHost(), tcp.address().getPort());
        if (address.isUnresolved()) {
            throw new IOException("this name has no address");
        }
        return address;
    }

    /** With the address that was asked for, because a socket of both families calls {@code 0.0.0.0} {@code ::}. */
    private static void say(SocketAddress asked, SocketAddress bound) {
        if (asked instanceof InetSocketAddress tcp && bound instanceof InetSocketAddress withPort) {
            String where = HostPort.text(new InetSocketAddress(tcp.getAddress(), withPort.getPort()));
            LOG.info("status page at http://{}/", where);
            if (!tcp.getAddress().isLoopbackAddress()) {
                LOG.warn(
                        "whoever reaches {} can read which containers and services there are; 127.0.0.1 is for this"
                                + " host alone",
                        where);
            }
        } else {
            LOG.info("status page at unix://{}", bound);
        }
    }

    private static String version() {
        return Objects.requireNonNullElse(
                SelfDescription.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    ReconcileObserver observer() {
        return observer;
    }

    /** What is known only once engine and registry have answered. */
    void know(String node, @Nullable String ip, String ports) {
        about.updateAndGet(known -> new About(
                known.version(), node, ip == null ? known.address() : ip, known.engine(), known.registry(), ports));
    }

    /** Keeps the host's address, as the loop finds it, with what is told about us. */
    private static ReconcileObserver addressKeeper(AtomicReference<About> about) {
        return new ReconcileObserver() {
            @Override
            public void hostAddressFound(HostAddress.Known found, HostAddress before) {
                about.updateAndGet(known -> known.at(found.address()));
            }

            @Override
            public void hostAddressUnknown(HostAddress unknown, int attempt) {
                about.updateAndGet(known -> known.at(unknown.text()));
            }
        };
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
