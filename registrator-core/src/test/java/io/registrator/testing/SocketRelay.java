package io.registrator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A unix socket in front of an engine's, whose connections can be cut. */
public final class SocketRelay implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final UnixDomainSocketAddress engine;
    private final Path folder;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private SocketRelay(UnixDomainSocketAddress engine) throws IOException {
        this.engine = engine;
        folder = Files.createTempDirectory("relay");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
        Thread.ofVirtual().start(this::serve);
    }

    public static SocketRelay to(URI host) {
        try {
            return new SocketRelay(UnixDomainSocketAddress.of(host.getPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("unix://" + socket());
    }

    /** Cuts the connections that are open; new ones work. */
    public void cut() {
        open.forEach(SocketRelay::closeQuietly);
        open.clear();
    }

    @Override
    public void close() {
        try {
            server.close();
            cut();
            Files.deleteIfExists(socket());
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path socket() {
        return folder.resolve("docker.sock");
    }

    private void serve() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            cut();
        }
    }

    /** A client that finds no engine is cut off; the next one may find it. */
    private void connect(SocketChannel client) {
        try {
            relay(client, SocketChannel.open(engine));
        } catch (IOException gone) {
            closeQuietly(client);
        }
    }

    private void relay(SocketChannel client, SocketChannel upstream) {
        open.add(client);
        open.add(upstream);
        Thread.ofVirtual().start(() -> copy(client, upstream));
        Thread.ofVirtual().start(() -> copy(upstream, client));
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                to.write(buffer);
                buffer.clear();
            }
        } catch (IOException e) {
            closeQuietly(to);
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
