package io.registrator.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.testing.StubServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkWebClientTest {
    private static final int MEBI = 1 << 20;

    private final JdkWebClient web = new JdkWebClient(Duration.ofSeconds(5));

    @Test
    void fetchesATextAlsoWhereItHasMoved() throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
            if (request.target().equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "/text");
                StubServer.reply(exchange, 302, "");
            } else {
                StubServer.reply(exchange, 200, "héllo");
            }
        })) {
            assertThat(web.get(url(server) + "/moved")).isEqualTo("héllo");
        }
    }

    /** The head comes at once, the rest never. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForABodyNoLongerThanForAHead() throws IOException {
        JdkWebClient impatient = new JdkWebClient(Duration.ofMillis(500));
        try (StubServer server = StubServer.answering((request, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (true) {
                body.write('x');
                body.flush();
                Thread.sleep(20);
            }
        })) {
            assertThatThrownBy(() -> impatient.get(url(server) + "/drip"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer within 500 ms");
        }
    }

    @Test
    void readsNoMoreThanItsLimit() throws IOException {
        String tooLong = "x".repeat(MEBI + 1);
        try (StubServer server = StubServer.answering(200, tooLong)) {
            assertThatThrownBy(() -> web.get(url(server))).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1:1/x", "file:///etc/hostname", "jar:file:///x!/y"})
    void isSentToNoOtherKindOfPlace(String elsewhere) throws IOException {
        try (StubServer server = StubServer.answering((request, exchange) -> {
            exchange.getResponseHeaders().add("Location", elsewhere);
            StubServer.reply(exchange, 302, "");
        })) {
            assertThatThrownBy(() -> web.get(url(server))).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> web.get(elsewhere)).hasMessageContaining("not an http or https URL");
    }

    private static String url(StubServer server) {
        return "http://" + server.endpoint();
    }
}
