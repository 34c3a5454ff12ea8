package io.registrator.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A unix socket in front of an engine's, which holds one container's inspects back. */
final class SlowEngine implements AutoCloseable {
    private final UnixDomainSocketAddress engine;
    private final Duration delay;
    private final Path socket;
    private final ServerSocketChannel server;
    private volatile String held = "/containers/none/json";

    SlowEngine(URI engine, Duration delay) throws IOException {
        this.engine = UnixDomainSocketAddress.of(engine.getPath());
        this.delay = delay;
        socket = Files.createTempDirectory("slow-engine").resolve("docker.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    URI uri() {
        return URI.create("unix://" + socket);
    }

    /** From now on inspects of this container take as long as was said. */
    void hold(String containerId) {
        held = "/containers/" + containerId + "/json";
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel upstream = SocketChannel.open(engine);
                Thread.ofVirtual().start(() -> copy(client, upstream, true));
                Thread.ofVirtual().start(() -> copy(upstream, client, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void copy(SocketChannel from, SocketChannel to, boolean requests) {
        ByteBuffer buffer = ByteBuffer.allocate(16_384);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                if (requests
                        && StandardCharsets.US_ASCII
                                .decode(buffer.duplicate())
                                .toString()
                                .contains(held)) {
                    Thread.sleep(delay);
                }
                to.write(buffer);
                buffer.clear();
            }
        } catch (IOException | InterruptedException ended) {
            // The other side went away, and so does this one.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
