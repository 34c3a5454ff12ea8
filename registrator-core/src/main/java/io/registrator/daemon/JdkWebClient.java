package io.registrator.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;

/** Fetches texts of at most 1 MiB over HTTP and HTTPS, within 5 s, with the JDK's own client. */
final class JdkWebClient implements WebTextSource.WebClient {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1 << 20;
    private static final int OK = 200;
    private static final ImmutableSet<String> SCHEMES = ImmutableSet.of("http", "https");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(DEADLINE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Override
    public String get(String url) throws IOException {
        HttpRequest request = request(url);
        try {
            var reply = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
            if (reply.statusCode() != OK) {
                throw new IOException("answered " + reply.statusCode());
            }
            return new String(reply.body(), UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            throw new IOException(Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
        }
    }

    private static HttpRequest request(String url) throws IOException {
        try {
            URI uri = URI.create(url);
            if (uri.getScheme() == null || !SCHEMES.contains(Ascii.toLowerCase(uri.getScheme()))) {
                throw new IOException("not an http or https URL");
            }
            return HttpRequest.newBuilder(uri).timeout(DEADLINE).build();
        } catch (IllegalArgumentException bad) {
            throw new IOException("not a URL: " + bad.getMessage(), bad);
        }
    }
}
