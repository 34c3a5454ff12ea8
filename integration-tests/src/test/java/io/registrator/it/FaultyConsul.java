package io.registrator.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands before a real agent, keeps what it was asked, and answers 500 once when told to. */
final class FaultyConsul implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable String> failing = new AtomicReference<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final String agent;

    /** What was asked: the path without its query. */
    record Request(String method, String path, String body) {}

    FaultyConsul(String agent) throws IOException {
        this.agent = agent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String uri() {
        return "consul://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request whose path begins so fails. */
    void failNext(String path) {
        failing.set(path);
    }

    /** Whether the failure that was asked for has happened. */
    boolean hasFailed() {
        return failing.get() == null;
    }

    /** What was asked so far with this method, and a path that begins so. */
    List<Request> requests(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().startsWith(path))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = failing.get();
        if (path != null && exchange.getRequestURI().getPath().startsWith(path) && failing.compareAndSet(path, null)) {
            answer(exchange, 500, "a fault of the test".getBytes(StandardCharsets.UTF_8));
        } else {
            forward(exchange);
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                new String(body, StandardCharsets.UTF_8)));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + agent + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> reply = client.send(request, BodyHandlers.ofByteArray());
            reply.headers()
                    .firstValue("X-Consul-Index")
                    .ifPresent(index -> exchange.getResponseHeaders().set("X-Consul-Index", index));
            answer(exchange, reply.statusCode(), reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
