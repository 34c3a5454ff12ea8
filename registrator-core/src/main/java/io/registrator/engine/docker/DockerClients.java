package io.registrator.engine.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import io.registrator.net.http.Deadlines;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes docker-java's client for one engine. */
final class DockerClients {
    /** All inspects that the loop makes at once, listings, an event stream with its successor, and some room. */
    private static final int CONNECTIONS = 40;

    private DockerClients() {}

    /**
     * A client with no connection open yet.
     *
     * @throws IllegalArgumentException when the TLS files cannot be used
     */
    static DockerClient open(DockerSettings settings, Deadlines deadlines, EngineClock clock) {
        DockerHttpClient http = new ApacheDockerHttpClient.Builder()
                .dockerHost(settings.host())
                .sslConfig(tls(settings))
                .maxConnections(CONNECTIONS)
                .connectionTimeout(settings.connectTimeout())
                .build();
        return DockerClientImpl.getInstance(
                new Config(settings, EngineModel.mapper()),
                new BoundedTransport(http, CONNECTIONS, deadlines, settings, clock::heard));
    }

    private static @Nullable SSLConfig tls(DockerSettings settings) {
        if (settings.isUnix()) {
            return NoTls::new;
        }
        var folder = settings.certPath();
        return folder == null ? null : PemTls.from(folder);
    }

    /** What docker-java is told. Its own configuration reads environment, home folder and docker contexts besides. */
    private record Config(DockerSettings settings, ObjectMapper mapper) implements DockerClientConfig {
        @Override
        public URI getDockerHost() {
            return settings.host();
        }

        @Override
        public RemoteApiVersion getApiVersion() {
            return RemoteApiVersion.parseConfigWithDefault(settings.apiVersion());
        }

        @Override
        public ObjectMapper getObjectMapper() {
            return mapper;
        }

        @Override
        public com.github.dockerjava.core.@Nullable SSLConfig getSSLConfig() {
            return null;
        }

        @Override
        public @Nullable String getRegistryUsername() {
            return null;
        }

        @Override
        public @Nullable String getRegistryPassword() {
            return null;
        }

        @Override
        public @Nullable String getRegistryEmail() {
            return null;
        }

        @Override
        public @Nullable String getRegistryUrl() {
            return null;
        }

        @Override
        public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
            return null;
        }

        @Override
        public @Nullable AuthConfigurations getAuthConfigurations() {
            return null;
        }
    }
}
