package io.registrator.daemon;

import io.registrator.config.ConfigException;
import io.registrator.config.EngineAddress;
import io.registrator.docker.DockerSettings;
import io.registrator.docker.DockerSource;
import java.nio.file.Path;

/** Opens the engine that an address names. */
final class Engines {
    private Engines() {}

    static DockerSource open(EngineAddress address) {
        Path certPath = address.certPath();
        try {
            DockerSettings plain = DockerSettings.of(address.uri());
            return new DockerSource(certPath == null ? plain : plain.withCertPath(certPath));
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("Cannot use DOCKER_HOST or DOCKER_CERT_PATH: " + unusable.getMessage());
        }
    }
}
