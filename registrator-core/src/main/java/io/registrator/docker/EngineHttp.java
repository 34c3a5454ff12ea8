package io.registrator.docker;

import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.transport.SSLConfig;
import com.google.common.base.Throwables;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GET requests to one engine, over docker-java's transport. They end when they are answered or their thread, a virtual one,
 * is interrupted. What goes wrong on the way is an {@link IOException}.
 */
final class EngineHttp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineHttp.class);

    /** All inspects that the loop makes at once, early ones too, listings, an event stream with its successor, and some room. */
    private static final int CONNECTIONS = 40;

    private static final int LONGEST_COMPLAINT = 4096;

    private final DockerHttpClient calls;
    private final DockerHttpClient streams;
    private final String root;

    private EngineHttp(DockerHttpClient client, String root) {
        this.calls = new FreshConnections(client, CONNECTIONS);
        // Whoever opens a stream has just asked the time, and found all dead connections.
        this.streams = client;
        this.root = root;
    }

    /** @throws IllegalArgumentException when the TLS files cannot be used */
    static EngineHttp to(DockerSettings settings) {
        var client = new ApacheDockerHttpClient.Builder()
                .dockerHost(settings.host())
                .sslConfig(tls(settings))
                .maxConnections(CONNECTIONS)
                .connectionTimeout(settings.connectTimeout())
                .build();
        var version = settings.apiVersion();
        return new EngineHttp(client, version == null ? "" : "/v" + version);
    }

    /** Makes something of an answer's JSON. */
    interface Reading<T> {
        T of(JsonReader json) throws IOException;
    }

    /**
     * What the answer says. The connection is used again only after all of it has been read.
     *
     * @param target path and query, percent-encoded
     * @throws EngineAnswerException when the engine refuses
     * @throws BrokenJsonException when what it says is no JSON
     */
    <T> T read(String target, Reading<T> reading) throws IOException {
        try (var response = open(target)) {
            return EngineJson.read(response.getBody(), reading);
        }
    }

    /**
     * What the answer says, as it says it.
     *
     * @param target path and query, percent-encoded
     * @throws EngineAnswerException when the engine refuses
     */
    String text(String target) throws IOException {
        try (var response = open(target)) {
            return new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * An answer that is welcome; its body is still to be read.
     *
     * @throws EngineAnswerException when the engine refuses
     */
    Response open(String target) throws IOException {
        return accepted(execute(calls, target));
    }

    /**
     * The same for an answer without end.
     *
     * @throws EngineAnswerException when the engine refuses
     */
    Response openStream(String target) throws IOException {
        return accepted(execute(streams, target));
    }

    private static Response accepted(Response response) throws IOException {
        int status = response.getStatusCode();
        if (status < 200 || status >= 300) {
            try (response) {
                throw new EngineAnswerException(status, complaint(response));
            }
        }
        return response;
    }

    @Override
    public void close() {
        try {
            calls.close();
        } catch (IOException e) {
            log.debug("Closing the connections to the Docker engine failed", e);
        }
    }

    private Response execute(DockerHttpClient client, String target) throws IOException {
        var request = Request.builder()
                .method(Request.Method.GET)
                .path(root + target)
                .putHeader("Accept", "application/json")
                .build();
        try {
            return client.execute(request);
        } catch (RuntimeException e) {
            // docker-java wraps what its HTTP client throws.
            throw new IOException(Throwables.getRootCause(e));
        }
    }

    private static String complaint(Response response) throws IOException {
        return new String(response.getBody().readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8);
    }

    private static @Nullable SSLConfig tls(DockerSettings settings) {
        if (settings.isUnix()) {
            return NoTls::new;
        }
        var folder = settings.certPath();
        return folder == null ? null : PemTls.from(folder);
    }
}
