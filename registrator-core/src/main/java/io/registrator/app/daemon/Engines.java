package io.registrator.app.daemon;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.EngineAddress;
import io.registrator.engine.docker.DockerSettings;
import io.registrator.engine.docker.DockerSource;
import io.registrator.model.ContainerSnapshot;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Opens the engine that an address names. */
final class Engines {
    private Engines() {}

    /** @param wantsDocument of which containers snapshots are to carry the whole answer */
    static DockerSource open(EngineAddress address, Predicate<ContainerSnapshot> wantsDocument) {
        Path certPath = address.certPath();
        try {
            DockerSettings plain = DockerSettings.of(address.uri());
            return new DockerSource(certPath == null ? plain : plain.withCertPath(certPath), wantsDocument);
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("Cannot use DOCKER_HOST or DOCKER_CERT_PATH: " + unusable.getMessage());
        }
    }
}
