package io.registrator.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Asks a unix socket by hand: a second opinion on what was answered, free of the libraries under test. */
final class HttpText {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private HttpText() {}

    /** The body, chunks as they are, up to the end of the connection or until it is enough. */
    static String get(URI host, String target, Predicate<String> enough) {
        FutureTask<String> answer = new FutureTask<>(() -> read(host, target, enough));
        Thread reader = Thread.ofVirtual().start(answer);
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("GET " + target, e);
        } finally {
            reader.interrupt();
        }
    }

    private static String read(URI host, String target, Predicate<String> enough) throws IOException {
        var answer = new StringBuilder();
        var buffer = ByteBuffer.allocate(65_536);
        try (var engine = SocketChannel.open(UnixDomainSocketAddress.of(host.getPath()))) {
            var request = "GET " + target + " HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n";
            engine.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            while (!enough.test(answer.toString()) && engine.read(buffer.clear()) >= 0) {
                answer.append(UTF_8.decode(buffer.flip()));
            }
        }
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
