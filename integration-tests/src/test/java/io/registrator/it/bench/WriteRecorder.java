package io.registrator.it.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.net.HostAndPort;
import io.registrator.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a Consul agent and notes when it has answered each registration and each deregistration. What it costs it costs
 * all who go through one.
 */
final class WriteRecorder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUFFER = 65536;
    private static final Pattern REGISTRATION =
            Pattern.compile("^PUT /v1/agent/service/register.*?\"ID\":\"([^\"]*)\"", Pattern.DOTALL);
    private static final Pattern DEREGISTRATION = Pattern.compile("^PUT /v1/agent/service/deregister/([^? ]*)");

    private final ServerSocketChannel server;
    private final InetSocketAddress agent;
    private final Map<String, Instant> registered = new ConcurrentHashMap<>();
    private final Map<String, Instant> deregistered = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Instant firstRequest = Instant.MAX;
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    private WriteRecorder(ServerSocketChannel server, InetSocketAddress agent) {
        this.server = server;
        this.agent = agent;
    }

    static WriteRecorder before(HostAndPort agent) throws IOException {
        ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        WriteRecorder recorder = new WriteRecorder(server, new InetSocketAddress(agent.getHost(), agent.getPort()));
        Thread.ofPlatform().daemon().start(recorder::serve);
        return recorder;
    }

    HostAndPort address() {
        return HostAndPort.fromParts("127.0.0.1", server.socket().getLocalPort());
    }

    /** How many requests have been answered so far. */
    int requests() {
        return requests.get();
    }

    /** How many of them were registrations and deregistrations. */
    int writes() {
        return writes.get();
    }

    /** What comes next counts as the first request again. */
    void expectFirst() {
        firstRequest = Instant.MAX;
    }

    /** When the first request was answered; the end of time when none was. */
    Instant firstRequest() {
        return firstRequest;
    }

    /** What was registered, as it was sent. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** When the agent had answered the registration; waits until there is one after that moment. */
    Instant awaitRegistered(String id, Instant after) throws InterruptedException {
        return await("registration", id, registered, after);
    }

    /** When the agent had answered the deregistration; waits until there is one after that moment. */
    Instant awaitDeregistered(String id, Instant after) throws InterruptedException {
        return await("deregistration", id, deregistered, after);
    }

    private static Instant await(String what, String id, Map<String, Instant> moments, Instant after)
            throws InterruptedException {
        Await.until(what + " of " + id, PATIENCE, () -> last(id, moments).isAfter(after));
        return last(id, moments);
    }

    private static Instant last(String id, Map<String, Instant> moments) {
        return moments.getOrDefault(id, Instant.MIN);
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Conversation conversation = new Conversation(client, SocketChannel.open(agent));
                Thread.ofPlatform().daemon().start(conversation::forth);
                Thread.ofPlatform().daemon().start(conversation::back);
            }
        } catch (IOException closed) {
            // close() ends it so; whoever still waits says what is missing.
        }
    }

    /** One connection: a request is whole when its answer begins. */
    private final class Conversation {
        private final SocketChannel client;
        private final SocketChannel upstream;
        private final ByteArrayOutputStream request = new ByteArrayOutputStream();

        Conversation(SocketChannel client, SocketChannel upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void forth() {
            copy(client, upstream, bytes -> {
                synchronized (request) {
                    request.write(bytes.array(), 0, bytes.limit());
                }
            });
        }

        void back() {
            copy(upstream, client, bytes -> note(Instant.now()));
        }

        private void note(Instant now) {
            String text;
            synchronized (request) {
                if (request.size() == 0) {
                    return;
                }
                text = request.toString(ISO_8859_1);
                request.reset();
            }
            requests.incrementAndGet();
            firstRequest = firstRequest.isBefore(now) ? firstRequest : now;
            if (note(REGISTRATION.matcher(text), registered, now)) {
                bodies.add(text.substring(text.indexOf("\r\n\r\n") + "\r\n\r\n".length()));
            }
            boolean unused = note(DEREGISTRATION.matcher(text), deregistered, now);
        }

        private boolean note(Matcher write, Map<String, Instant> moments, Instant now) {
            boolean found = write.find();
            if (found) {
                writes.incrementAndGet();
                moments.put(write.group(1).replace("%3A", ":"), now);
            }
            return found;
        }
    }

    private interface Witness {
        void sees(ByteBuffer bytes);
    }

    private static void copy(SocketChannel from, SocketChannel to, Witness witness) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                witness.sees(buffer);
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException cut) {
            // Either side may end it.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
