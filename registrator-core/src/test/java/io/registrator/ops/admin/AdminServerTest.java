package io.registrator.ops.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FedBoard fed = new FedBoard();
    private final HttpClient http = HttpClient.newHttpClient();

    AdminServerTest() throws IOException {}

    @AfterEach
    void close() {
        http.close();
        fed.close();
    }

    @Test
    void saysWhyItIsNotReadyAndThatItLives() throws Exception {
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> before = get("health/ready");
        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).contains("the first full pass is not over yet");

        fed.ready();
        assertThat(get("health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void showsStateJournalAndOneContainer() throws Exception {
        fed.ready();
        fed.container(1, "web");
        fed.ignored(2, "worker");

        JsonObject state = json("api/v1/state");
        assertThat(state.getAsJsonArray("containers")).hasSize(2);
        assertThat(state.getAsJsonObject("services").get("registered").getAsInt())
                .isEqualTo(1);
        assertThat(state.getAsJsonObject("leftOut").get("not published").getAsInt())
                .isEqualTo(1);
        assertThat(get("api/v1/journal").body()).contains("\"action\":\"registered\"", "service-1 at 10.0.0.1:32769");
        assertThat(json("api/v1/containers/web").getAsJsonObject("because").toString())
                .contains("label SERVICE_NAME");
        String id = json("api/v1/containers/worker").get("id").getAsString();
        assertThat(json("api/v1/containers/" + id.substring(0, 12)).get("name").getAsString())
                .isEqualTo("worker");
        assertThat(get("api/v1/containers/nobody").statusCode()).isEqualTo(404);
        assertThat(get("no/such").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsChangesAsTheyHappen() throws Exception {
        fed.ready();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(fed.url() + "api/v1/events")).build();
        try (var body = http.send(request, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: state");
            assertThat(lines.readLine()).startsWith("data: {");
            assertThat(lines.readLine()).isEmpty();

            fed.container(1, "web");
            assertThat(lines.readLine()).isEqualTo("event: change");
            assertThat(lines.readLine()).contains("\"name\":\"web\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"/, text/html", "/page.js, text/javascript", "/page.css, text/css", "/icon.svg, image/svg+xml"})
    void servesThePageWithHeadersThatKeepItToItself(String path, String type) throws Exception {
        HttpResponse<String> page = get(path.substring(1));

        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void isReadOnly(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(fed.url() + "api/v1/state"))
                .method(method, BodyPublishers.ofString("x"))
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void givesMetrics() throws Exception {
        HttpResponse<String> metrics = get("metrics");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "localhost:8086, true",
        "127.0.0.1:8086, true",
        "[::1]:8086, true",
        "192.0.2.1, true",
        "admin.example, true",
        "ADMIN.example:80, true",
        "evil.example, false",
        "127.0.0.1.evil.example, false",
        "'', false"
    })
    void answersOnlyNamesThatCannotBeAnothers(String host, boolean answered) {
        assertThat(new HostRule("admin.example").allows(host)).isEqualTo(answered);
    }

    @Test
    void refusesRequestsForAnotherName(@TempDir Path folder) throws Exception {
        try (AdminServer server = unix(folder.resolve("admin.sock"))) {
            assertThat(ask(server, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 421 ");
            assertThat(ask(server, "GET / HTTP/1.1\r\n\r\n")).doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void answersOnAUnixSocketThatOthersMayNotUse(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("admin.sock");
        try (AdminServer server = unix(socket)) {
            assertThat(ask(server, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-rw----");
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void replacesASocketThatNobodyAnswersButNoOtherFile(@TempDir Path folder) throws Exception {
        Path left = folder.resolve("left.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(left))
                .close();
        Path file = Files.writeString(folder.resolve("file"), "precious");

        unix(left).close();
        assertThatThrownBy(() -> unix(file)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("precious");
        try (AdminServer first = unix(left)) {
            assertThatThrownBy(() -> unix(left)).isInstanceOf(IOException.class);
            assertThat(ask(first, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "pipe", "link to a socket", "link to nothing", "link to a folder"})
    void leavesAloneWhatIsNoSocket(String kind, @TempDir Path folder) throws Exception {
        Path path = folder.resolve("admin.sock");
        Path socket = folder.resolve("elsewhere.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        switch (kind) {
            case "folder" -> Files.createDirectory(path);
            case "pipe" ->
                assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                        .isZero();
            case "link to a socket" -> Files.createSymbolicLink(path, socket);
            case "link to nothing" -> Files.createSymbolicLink(path, folder.resolve("nothing"));
            default -> Files.createSymbolicLink(path, folder);
        }
        Object before = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);

        assertThatThrownBy(() -> unix(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("something else than a socket");

        assertThat(Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(before);
        assertThat(socket).exists();
    }

    @Test
    void endsEventStreamsWhenItCloses() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(fed.url() + "api/v1/events")).build();
        try (var body = http.send(request, BodyHandlers.ofInputStream()).body()) {
            Thread reader = Thread.ofVirtual().start(() -> drain(body));
            fed.close();
            Await.until("the stream ends", SOON, () -> !reader.isAlive());
        }
    }

    private static void drain(java.io.InputStream body) {
        try {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException cut) {
            // That is an end, too.
        }
    }

    private AdminServer unix(Path socket) throws IOException {
        return AdminServer.open(UnixDomainSocketAddress.of(socket), fed.handler());
    }

    private static String ask(AdminServer server, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(server.address())) {
            channel.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(64);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {}
            return UTF_8.decode(answer.flip()).toString();
        }
    }

    private JsonObject json(String path) throws Exception {
        return JsonParser.parseString(get(path).body()).getAsJsonObject();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(fed.url() + path)).build(), BodyHandlers.ofString());
    }
}
