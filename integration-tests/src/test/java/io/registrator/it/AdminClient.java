package io.registrator.it;

import io.registrator.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a daemon's admin server. */
final class AdminClient implements AutoCloseable {
    private static final Pattern SAID = Pattern.compile("status page at (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    private AdminClient(String url) {
        this.url = url;
    }

    /** Of a daemon started with {@code -admin 127.0.0.1:0}: where it listens is in its log. */
    static AdminClient of(RegistratorProcess daemon) throws InterruptedException {
        daemon.awaitLog("status page at ");
        Matcher said = SAID.matcher(daemon.log());
        if (!said.find()) {
            throw new AssertionError("no address in\n" + daemon.log());
        }
        return new AdminClient(said.group(1));
    }

    String url() {
        return url;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build();
        return http.send(request, BodyHandlers.ofString());
    }

    String body(String path) throws IOException, InterruptedException {
        return get(path).body();
    }

    /** Until {@code /health/ready} has this status and a body with this text. */
    void awaitReady(int status, String text, Duration patience) throws InterruptedException {
        Await.until("/health/ready says " + status + " " + text, patience, () -> {
            HttpResponse<String> ready = get("health/ready");
            return ready.statusCode() == status && ready.body().contains(text);
        });
    }

    @Override
    public void close() {
        http.close();
    }
}
