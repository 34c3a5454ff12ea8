package io.registrator.engine.docker;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that answers as it is told to, for the faults that a real engine shows rarely. */
final class FakeEngine implements AutoCloseable {
    private static final int BUFFER = 16_384;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocketChannel server;
    private final URI uri;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private FakeEngine(ServerSocketChannel server, URI uri) {
        this.server = server;
        this.uri = uri;
        answer("/_ping", Reply.of(200, "OK"));
        Thread.ofVirtual().start(this::serve);
    }

    static FakeEngine onUnixSocket() {
        try {
            var path = Files.createTempDirectory("fake").resolve("docker.sock");
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            return new FakeEngine(server.bind(UnixDomainSocketAddress.of(path)), URI.create("unix://" + path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeEngine onTcp() {
        try {
            var server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = (InetSocketAddress) server.getLocalAddress();
            return new FakeEngine(server, URI.create("tcp://127.0.0.1:" + address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return uri;
    }

    /** From now on answers requests of this path so, whatever their query. */
    void answer(String path, Reply reply) {
        replies.put(path, reply);
    }

    /** The targets of all requests so far, paths with their queries. */
    ImmutableList<String> requests() {
        return ImmutableList.copyOf(requests);
    }

    int openConnections() {
        return open.size();
    }

    /** Cuts the connections that are open; new ones work. */
    void cut() {
        open.forEach(FakeEngine::closeQuietly);
    }

    @Override
    public void close() {
        try {
            server.close();
            cut();
            if (uri.getScheme().equals("unix")) {
                Files.deleteIfExists(Path.of(uri.getPath()));
                Files.delete(Path.of(uri.getPath()).resolveSibling("").normalize());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                var client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            boolean more;
            do {
                more = answerOne(client);
            } while (more);
        } catch (IOException e) {
            closeQuietly(client);
        } finally {
            open.remove(client);
        }
    }

    /** Whether the connection is to be kept. */
    private boolean answerOne(SocketChannel client) throws IOException {
        var head = readHead(client);
        if (head.isEmpty()) {
            return false;
        }
        var reply = reply(head);
        var bytes = StandardCharsets.ISO_8859_1.encode(reply.bytes());
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
        if (reply.ending() == Reply.Ending.HANG) {
            awaitClose(client);
        }
        return reply.ending() == Reply.Ending.KEEP;
    }

    private Reply reply(String head) {
        var target = head.split(" ", -1)[1];
        requests.add(target);
        return replies.getOrDefault(target.split("\\?", -1)[0], Reply.of(404, "{\"message\":\"page not found\"}"));
    }

    /** Empty at the end of the connection. */
    private static String readHead(SocketChannel client) throws IOException {
        var head = new StringBuilder();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (head.indexOf(END_OF_HEAD) < 0) {
            if (client.read(buffer.clear()) < 0) {
                return "";
            }
            head.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
        return head.toString();
    }

    private static void awaitClose(SocketChannel client) throws IOException {
        var buffer = ByteBuffer.allocate(BUFFER);
        int count;
        do {
            count = client.read(buffer.clear());
        } while (count >= 0);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
