package io.registrator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.registrator.net.http.HttpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback address that answers as a test says and remembers what it was asked. */
public final class StubServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();

    private StubServer(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, answer));
    }

    /**
     * A request that came in.
     *
     * @param headers by lower-case name
     */
    public record Request(String method, String target, Map<String, String> headers, String body) {
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /** Answers one request; whatever it throws cuts the connection. */
    public interface Answer {
        void to(Request request, HttpExchange exchange) throws IOException, InterruptedException;
    }

    public static StubServer answering(Answer answer) throws IOException {
        StubServer stub = new StubServer(answer);
        stub.server.start();
        return stub;
    }

    /** Answers every request alike. */
    public static StubServer answering(int status, String body) throws IOException {
        return answering((request, exchange) -> reply(exchange, status, body));
    }

    public static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public HttpEndpoint endpoint() {
        InetSocketAddress address = server.getAddress();
        return new HttpEndpoint.Tcp(
                HostAndPort.fromParts(address.getAddress().getHostAddress(), address.getPort()), false);
    }

    /** All of them, in the order of their arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many connections these came over. */
    public int connections() {
        return clients.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            clients.add(exchange.getRemoteAddress());
            Request request = request(exchange);
            requests.add(request);
            answer.to(request, exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers.buildOrThrow(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
}
