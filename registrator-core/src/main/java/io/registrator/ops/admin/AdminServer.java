package io.registrator.ops.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP at a TCP address or on a unix socket: one virtual thread a connection, and not too many of them. */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int CONNECTIONS_AT_ONCE = 64;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(8192)
            .setMaxHeaderCount(64)
            .setBufferSize(8192)
            .build();

    private final ServerSocketChannel listener;
    private final HttpService service;
    private final Semaphore free = new Semaphore(CONNECTIONS_AT_ONCE);
    private final Set<DefaultBHttpServerConnection> open = ConcurrentHashMap.newKeySet();

    private AdminServer(ServerSocketChannel listener, HttpServerRequestHandler handler) {
        this.listener = listener;
        this.service = new HttpService(HttpProcessors.server("registrator"), handler, LIMITS, null, null);
    }

    /**
     * Listens at this address from now on. A unix socket may be used by its owner and group; one that nobody
     * answers on is replaced.
     *
     * @throws IOException when the address cannot be had
     */
    public static AdminServer open(SocketAddress address, HttpServerRequestHandler handler) throws IOException {
        ServerSocketChannel listener = switch (address) {
            case UnixDomainSocketAddress unix -> SocketFile.listen(unix.getPath());
            default -> tcp(address);
        };
        AdminServer server = new AdminServer(listener, handler);
        Thread.ofVirtual().name("admin").start(server::accept);
        return server;
    }

    private static ServerSocketChannel tcp(SocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        } catch (IOException taken) {
            channel.close();
            throw taken;
        }
    }

    /** Where it listens: with the port that it got where 0 was asked for. */
    public SocketAddress address() {
        try {
            return listener.getLocalAddress();
        } catch (IOException closed) {
            throw new IllegalStateException("closed", closed);
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                free.acquire();
                SocketChannel channel = listener.accept();
                Thread.ofVirtual().name("admin-connection").start(() -> serve(channel));
            } catch (IOException | InterruptedException over) {
                free.release();
                if (listener.isOpen()) {
                    LOG.warn("the admin server cannot accept a connection: {}", over.toString());
                    pause();
                }
            }
        }
    }

    /** Where there are no file descriptors left, asking at once again is no help. */
    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel channel) {
        DefaultBHttpServerConnection connection = new DefaultBHttpServerConnection("http", LIMITS);
        open.add(connection);
        try {
            connection.bind(socket(channel));
            while (connection.isOpen() && listener.isOpen()) {
                service.handleRequest(connection, HttpCoreContext.create());
            }
        } catch (IOException | HttpException ended) {
            LOG.trace("a connection to the admin server has ended: {}", ended.toString());
        } finally {
            connection.close(CloseMode.IMMEDIATE);
            close(channel);
            open.remove(connection);
            free.release();
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            LOG.trace("closing: {}", gone.toString());
        }
    }

    private static Socket socket(SocketChannel channel) throws IOException {
        if (!(channel.getLocalAddress() instanceof InetSocketAddress)) {
            return new UnixSocket(channel);
        }
        channel.socket().setSoTimeout((int) IDLE.toMillis());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel.socket();
    }

    /** Ends every connection, event streams too. */
    @Override
    public void close() {
        try {
            SocketAddress address = listener.getLocalAddress();
            listener.close();
            if (address instanceof UnixDomainSocketAddress unix) {
                Files.deleteIfExists(unix.getPath());
            }
        } catch (IOException gone) {
            LOG.trace("closing: {}", gone.toString());
        }
        open.forEach(connection -> connection.close(CloseMode.IMMEDIATE));
    }
}
