package io.registrator.it.soak;

import com.google.common.net.HostAndPort;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A member of a Consul cluster, asked over HTTP, with nothing of the code under test in between. */
final class Consul implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HostAndPort address;

    Consul(HostAndPort address) {
        this.address = address;
    }

    /** @param index of the answer, to wait for a newer one */
    record Answer(JsonElement body, long index) {}

    JsonObject get(String path) throws IOException, InterruptedException {
        return ask(path, PATIENCE).body().getAsJsonObject();
    }

    /** An answer that may be held back until there is something newer than {@code index}, but not for longer than this. */
    Answer await(String path, long index, Duration longest) throws IOException, InterruptedException {
        return ask(
                path + "?stale&wait=" + longest.toMillis() + "ms&index=" + index,
                longest.multipliedBy(2).plus(PATIENCE));
    }

    void put(String path, String body) throws IOException, InterruptedException {
        var unused = insist(request(path, PATIENCE)
                .method("PUT", BodyPublishers.ofString(body))
                .build());
    }

    private Answer ask(String path, Duration patience) throws IOException, InterruptedException {
        HttpResponse<String> response = insist(request(path, patience).build());
        return new Answer(
                JsonParser.parseString(response.body()),
                response.headers().firstValueAsLong("X-Consul-Index").orElse(0));
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(patience);
    }

    private HttpResponse<String> insist(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    /** Requests that are under way end. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
