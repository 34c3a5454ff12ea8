package io.registrator.testing.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** HTTP on a unix socket, a virtual thread for each connection. */
final class HttpListener implements AutoCloseable {
    /** Of connections that nobody has accepted yet. */
    private static final int BACKLOG = 128;

    private final Path socket;
    private final Conversation.Peer peer;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted;

    /** @param accepted counts the connections */
    HttpListener(Path socket, Conversation.Peer peer, AtomicLong accepted) {
        this.socket = socket;
        this.peer = peer;
        this.accepted = accepted;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("engine").start(this::serve);
    }

    int openConnections() {
        return open.size();
    }

    /** Cuts the connections that are open; new ones work. */
    void cut() {
        open.forEach(HttpListener::closeQuietly);
    }

    @Override
    public void close() {
        try {
            server.close();
            cut();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                accepted.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().name("engine-connection").start(() -> serve(client));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void serve(SocketChannel client) {
        try {
            new Conversation(client, peer).run();
        } finally {
            open.remove(client);
            closeQuietly(client);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
