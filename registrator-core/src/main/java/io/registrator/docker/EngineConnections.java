package io.registrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two clients of one engine, so that calls never wait for a connection behind an event stream, nor the other way round.
 *
 * @param callsHttp what {@code calls} runs on
 */
record EngineConnections(DockerHttpClient callsHttp, DockerClient calls, DockerClient events) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineConnections.class);

    /** Sixteen inspects side by side, a listing, and some room. */
    private static final int CALLS = 20;

    /** One stream, its successor, and a straggler. */
    private static final int STREAMS = 4;

    static EngineConnections to(DockerSettings settings) {
        var config = new ClientConfig(settings);
        var tls = tls(settings);
        var callsHttp = http(settings, tls, CALLS);
        var eventsHttp = new BoundedHttpClient(http(settings, tls, STREAMS), settings.listDeadline());
        return new EngineConnections(
                callsHttp,
                DockerClientImpl.getInstance(config, callsHttp),
                DockerClientImpl.getInstance(config, eventsHttp));
    }

    private static @Nullable SSLConfig tls(DockerSettings settings) {
        var folder = settings.certPath();
        return folder == null || settings.isUnix() ? null : PemTls.from(folder);
    }

    private static DockerHttpClient http(DockerSettings settings, @Nullable SSLConfig tls, int connections) {
        DockerHttpClient client = new ApacheDockerHttpClient.Builder()
                .dockerHost(settings.host())
                .sslConfig(tls)
                .maxConnections(connections)
                .connectionTimeout(settings.connectTimeout())
                .build();
        return new FreshConnections(client, connections);
    }

    @Override
    public void close() {
        closeQuietly(events);
        closeQuietly(calls);
    }

    private static void closeQuietly(DockerClient client) {
        try {
            client.close();
        } catch (IOException e) {
            log.debug("Closing a client of the Docker engine failed", e);
        }
    }
}
