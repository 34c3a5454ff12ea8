package io.registrator.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.StubServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTransportTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void sendsTheCallAsItStandsAndReadsTheReply() throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    exchange.getResponseHeaders().set("X-Consul-Index", "7");
                    StubServer.reply(exchange, 418, "grün");
                });
                HttpTransport http = open(server)) {
            HttpReply reply = http.send(
                    new HttpCall("PUT", "/a%2Fb%3F/..%3A?q=%20&r", ImmutableMap.of("X-Token", "t"), "{}", LONG));

            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.header("x-consul-index")).contains("7");
            assertThat(reply.body()).isEqualTo("grün");
            StubServer.Request request = server.requests().getFirst();
            assertThat(request).hasToString("PUT /a%2Fb%3F/..%3A?q=%20&r");
            assertThat(request.headers()).containsEntry("x-token", "t").containsEntry("user-agent", "registrator");
            assertThat(request.body()).isEqualTo("{}");
        }
    }

    @Test
    void keepsConnectionsAlive() throws IOException {
        try (StubServer server = StubServer.answering(200, "ok");
                HttpTransport http = open(server)) {
            for (int i = 0; i < 5; i++) {
                assertThat(http.send(get("/" + i)).body()).isEqualTo("ok");
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendsNoMoreAtATimeThanItHasConnections() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    StubServer.reply(exchange, 200, "ok");
                    now.decrementAndGet();
                });
                HttpTransport http = open(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpReply> call = () -> http.send(get("/"));

            List<Future<HttpReply>> calls = threads.invokeAll(Collections.nCopies(50, call));

            for (Future<HttpReply> sent : calls) {
                assertThat(sent.get().status()).isEqualTo(200);
            }
            assertThat(most.get()).isLessThanOrEqualTo(2);
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    StubServer.reply(exchange, 301, "");
                });
                HttpTransport http = open(server)) {
            assertThat(http.send(get("/here")).status()).isEqualTo(301);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void retriesNoStatus() throws IOException {
        try (StubServer server = StubServer.answering(503, "busy");
                HttpTransport http = open(server)) {
            assertThat(http.send(get("/")).status()).isEqualTo(503);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void refusesRepliesPastTheLimit() throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] chunk = new byte[1 << 16];
                    while (true) {
                        exchange.getResponseBody().write(chunk);
                    }
                });
                HttpTransport http = open(server)) {
            assertThatThrownBy(() -> http.send(get("/")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the answer is longer than 1000 bytes");
        }
    }

    @Test
    void takesRepliesUpToTheLimit() throws IOException {
        try (StubServer server = StubServer.answering(200, "x".repeat(1000));
                HttpTransport http = open(server)) {
            assertThat(http.send(get("/")).body()).hasSize(1000);
        }
    }

    @Test
    void refusesRepliesThatAreCutOff() throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    exchange.sendResponseHeaders(200, 500);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    throw new IOException("cut");
                });
                HttpTransport http = open(server)) {
            assertThatThrownBy(() -> http.send(get("/")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection closed in the middle of the answer");
        }
    }

    @Test
    void givesUpAtTheDeadlineAndIsUsableAfterwards() throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    if (request.target().equals("/slow")) {
                        new CountDownLatch(1).await();
                    }
                    StubServer.reply(exchange, 200, "ok");
                });
                HttpTransport http = open(server)) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> http.send(get("/slow", SHORT)))
                        .isInstanceOf(IOException.class)
                        .hasMessage("no answer within 200 ms");
            }

            assertThat(http.send(get("/fast")).body()).isEqualTo("ok");
        }
    }

    @Test
    void givesUpOnAReplyThatTrickles() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (!never.await(20, TimeUnit.MILLISECONDS)) {
                        exchange.getResponseBody().write('.');
                        exchange.getResponseBody().flush();
                    }
                });
                HttpTransport http = open(server)) {
            assertThatThrownBy(() -> http.send(get("/", SHORT))).hasMessage("no answer within 200 ms");
        }
    }

    @Test
    void sendsAgainWhenAKeptConnectionTurnsOutDead() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    if (count.incrementAndGet() == 2) {
                        throw new IOException("cut without an answer");
                    }
                    StubServer.reply(exchange, 200, "ok");
                });
                HttpTransport http = open(server)) {
            assertThat(http.send(get("/1")).body()).isEqualTo("ok");
            assertThat(http.send(get("/2")).body()).isEqualTo("ok");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        HostAndPort nobody = HostAndPort.fromParts(
                "127.0.0.1", ConsulAgentProcess.freePorts(1).getFirst());
        try (HttpTransport http = open(new HttpEndpoint.Tcp(nobody, false))) {
            assertThatThrownBy(() -> http.send(get("/")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection refused");
        }
    }

    @Test
    void endsWhenItsCallerIsInterrupted() throws IOException {
        try (StubServer server = StubServer.answering(200, "ok");
                HttpTransport http = open(server)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> http.send(get("/"))).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void cutsCallsUnderWayOnClose() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (StubServer server = StubServer.answering((request, exchange) -> {
                    asked.countDown();
                    new CountDownLatch(1).await();
                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpTransport http = open(server);
            var call = threads.submit(() -> http.send(get("/")));
            asked.await();

            http.close();

            assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
        }
    }

    private static HttpTransport open(StubServer server) throws IOException {
        return open(server.endpoint());
    }

    private static HttpTransport open(HttpEndpoint endpoint) throws IOException {
        return HttpTransport.open(
                new HttpSettings(endpoint, TlsSettings.DEFAULT, 2, Duration.ofSeconds(5), 1000, true));
    }

    private static HttpCall get(String target) {
        return get(target, LONG);
    }

    private static HttpCall get(String target, Duration deadline) {
        return new HttpCall("GET", target, ImmutableMap.of(), "", deadline);
    }
}
