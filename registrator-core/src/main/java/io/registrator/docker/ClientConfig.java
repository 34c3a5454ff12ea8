package io.registrator.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Our settings and nothing but them. docker-java's own configuration also reads the environment, system properties, files
 * in the home folder and docker contexts.
 */
final class ClientConfig implements DockerClientConfig {
    private final DockerSettings settings;

    ClientConfig(DockerSettings settings) {
        this.settings = settings;
    }

    @Override
    public URI getDockerHost() {
        return settings.host();
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        var version = settings.apiVersion();
        return version == null ? RemoteApiVersion.UNKNOWN_VERSION : RemoteApiVersion.parseConfig(version);
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return EngineJson.mapper();
    }

    /** Unused: the HTTP clients are given their own. */
    @Override
    @SuppressWarnings("deprecation")
    public @Nullable SSLConfig getSSLConfig() {
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
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }
}
