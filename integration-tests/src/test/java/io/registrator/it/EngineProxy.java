package io.registrator.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.base.Splitter;
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
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A unix socket in front of an engine's, with a guard who sees every request. For requests without a body. */
final class EngineProxy implements AutoCloseable {
    private static final int BUFFER = 16_384;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String DENIED = "403 Forbidden";

    private final UnixDomainSocketAddress engine;
    private final Guard guard;
    private final String refusal;
    private final UnaryOperator<String> answers;
    private final Path socket;
    private final ServerSocketChannel server;
    /** The connections over which events come, and those of them over which nothing comes any more. */
    private final Set<SocketChannel> streams = ConcurrentHashMap.newKeySet();

    private final Set<SocketChannel> silent = ConcurrentHashMap.newKeySet();

    /** Decides about one request; the engine gets it when this returns. */
    interface Guard {
        /**
         * Whether it may pass; else it is refused.
         *
         * @param path with its query
         */
        boolean passes(String method, String path) throws InterruptedException;
    }

    EngineProxy(URI engine, Guard guard) throws IOException {
        this(engine, guard, DENIED);
    }

    /** @param refusal the status that what does not pass is answered with */
    EngineProxy(URI engine, Guard guard, String refusal) throws IOException {
        this(engine, guard, refusal, UnaryOperator.identity());
    }

    /** To an engine whose clock is behind. */
    static EngineProxy late(URI engine, Duration behind) throws IOException {
        ZonedDateTime then = ZonedDateTime.now(ZoneOffset.UTC).minus(behind);
        String date = "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(then) + "\r";
        return new EngineProxy(
                engine, (method, path) -> true, DENIED, answer -> answer.replaceFirst("Date: [^\r]+\r", date));
    }

    private EngineProxy(URI engine, Guard guard, String refusal, UnaryOperator<String> answers) throws IOException {
        this.refusal = refusal;
        this.answers = answers;
        this.engine = UnixDomainSocketAddress.of(engine.getPath());
        this.guard = guard;
        socket = Files.createTempDirectory("engine-proxy").resolve("docker.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    URI uri() {
        return URI.create("unix://" + socket);
    }

    /** The event streams that are open stay so, and nothing comes over them; new ones work. */
    void silenceStreams() {
        silent.addAll(streams);
    }

    private void serve() {
        try {
            while (true) {
                relay(server.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** A busy engine may refuse a connection; those after it are not to suffer. */
    private void relay(SocketChannel client) throws IOException {
        try {
            SocketChannel upstream = SocketChannel.open(engine);
            Thread.ofVirtual().start(() -> requests(client, upstream));
            Thread.ofVirtual().start(() -> answers(upstream, client));
        } catch (IOException refused) {
            client.close();
        }
    }

    private void requests(SocketChannel client, SocketChannel upstream) {
        StringBuilder unread = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (client;
                upstream) {
            while (client.read(buffer) >= 0) {
                unread.append(ISO_8859_1.decode(buffer.flip()));
                buffer.clear();
                for (int end; (end = unread.indexOf(END_OF_HEAD)) >= 0; ) {
                    String head = unread.substring(0, end + END_OF_HEAD.length());
                    unread.delete(0, head.length());
                    request(head, client, upstream);
                }
            }
        } catch (IOException | InterruptedException ended) {
            // The other side went away, and so does this one.
        }
    }

    private void request(String head, SocketChannel client, SocketChannel upstream)
            throws IOException, InterruptedException {
        List<String> line = Splitter.on(' ').limit(3).splitToList(head);
        if (guard.passes(line.get(0), line.get(1))) {
            if (line.get(1).startsWith("/events")) {
                streams.add(client);
            }
            write(upstream, head);
        } else {
            write(client, "HTTP/1.1 " + refusal + "\r\nContent-Length: 8\r\n\r\nRefused\n");
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void answers(SocketChannel upstream, SocketChannel client) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (upstream;
                client) {
            while (upstream.read(buffer) >= 0) {
                String answer = answers.apply(ISO_8859_1.decode(buffer.flip()).toString());
                if (!silent.contains(client)) {
                    write(client, answer);
                }
                buffer.clear();
            }
        } catch (IOException ended) {
            // The other side went away, and so does this one.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            Files.delete(socket.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
