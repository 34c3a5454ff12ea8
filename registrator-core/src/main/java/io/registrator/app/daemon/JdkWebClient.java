package io.registrator.app.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches texts of at most 1 MiB over HTTP and HTTPS with the JDK's own client, which follows redirects to these two alone,
 * and from HTTPS to no HTTP. The deadline is one for all of it, from the first connection to the end of the body.
 */
final class JdkWebClient implements WebTextSource.WebClient {
    private static final int MOST_BYTES = 1 << 20;
    private static final int OK = 200;
    private static final ImmutableSet<String> SCHEMES = ImmutableSet.of("http", "https");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Duration deadline;

    JdkWebClient(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public String get(String url) throws IOException {
        HttpResponse<byte[]> reply = ask(request(url));
        if (reply.statusCode() != OK) {
            throw new IOException("answered " + reply.statusCode());
        }
        return new String(reply.body(), UTF_8);
    }

    /** The client's own timeout ends with the reply's head, so that the body could take for ever. */
    private HttpResponse<byte[]> ask(HttpRequest request) throws IOException {
        Future<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + deadline.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
        } finally {
            exchange.cancel(true);
        }
    }

    private static HttpRequest request(String url) throws IOException {
        try {
            URI uri = URI.create(url);
            if (uri.getScheme() == null || !SCHEMES.contains(Ascii.toLowerCase(uri.getScheme()))) {
                throw new IOException("not an http or https URL");
            }
            return HttpRequest.newBuilder(uri).build();
        } catch (IllegalArgumentException bad) {
            throw new IOException("not a URL: " + bad.getMessage(), bad);
        }
    }
}
