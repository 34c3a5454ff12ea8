package io.registrator.net.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@SuppressWarnings("NullAway.Init")
class UnixSocketTest {
    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private HttpTransport http;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("server.sock")));
        http = open("server.sock");
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void speaksHttp() throws IOException {
        Thread.startVirtualThread(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));

        assertThat(http.send(get(Duration.ofSeconds(10))).body()).isEqualTo("ok");
    }

    @Test
    void givesUpAtTheDeadlineWhenNobodyAnswers() {
        Thread.startVirtualThread(() -> answer(""));

        assertThatThrownBy(() -> http.send(get(Duration.ofMillis(200)))).hasMessage("no answer within 200 ms");
    }

    @Test
    void givesUpAtTheDeadlineInTheMiddleOfAReply() {
        Thread.startVirtualThread(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

        assertThatThrownBy(() -> http.send(get(Duration.ofMillis(200)))).hasMessage("no answer within 200 ms");
    }

    /** On its own thread, as the loop's requests are: it must come back, and let go of the connection. */
    @Test
    void freesAVirtualCallerAtTheDeadline() throws Exception {
        FutureTask<@Nullable Void> hungUp = new FutureTask<>(() -> answer("HTTP/1.1 200 OK\r\n"), null);
        Thread.startVirtualThread(hungUp);
        FutureTask<HttpReply> call = new FutureTask<>(() -> http.send(get(Duration.ofMillis(200))));
        Thread.startVirtualThread(call);

        assertThatThrownBy(call::get).cause().hasMessage("no answer within 200 ms");
        assertThat(hungUp.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void saysThatThereIsNoSocket() throws IOException {
        try (HttpTransport nowhere = open("missing.sock")) {
            assertThatThrownBy(() -> nowhere.send(get(Duration.ofSeconds(10))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No such file or directory");
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        server.close();

        assertThatThrownBy(() -> http.send(get(Duration.ofSeconds(10))))
                .isInstanceOf(IOException.class)
                .hasMessage("connection refused");
    }

    /** Takes one connection, answers its first words, and keeps it open until the client closes it. */
    private void answer(String reply) {
        try (SocketChannel client = server.accept()) {
            ByteBuffer request = ByteBuffer.allocate(4096);
            client.read(request);
            client.write(ByteBuffer.wrap(reply.getBytes(UTF_8)));
            while (client.read(request.clear()) >= 0) {}
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpTransport open(String name) throws IOException {
        return HttpTransport.open(HttpSettings.of(new HttpEndpoint.Unix(folder.resolve(name)), TlsSettings.DEFAULT, 2));
    }

    private static HttpCall get(Duration deadline) {
        return new HttpCall("GET", "/", ImmutableMap.of(), "", deadline);
    }
}
