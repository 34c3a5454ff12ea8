package io.registrator.app.daemon;

import com.google.common.collect.ImmutableSet;
import io.registrator.engine.docker.DockerSource;
import io.registrator.engine.docker.EngineInfo;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.net.host.EngineEvidence;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Docker engine tells about its host. */
record HostEngine(DockerSource engine, EngineInfo info, URI uri) implements EngineEvidence {
    @Override
    public String hostName() {
        return info.name();
    }

    @Override
    public @Nullable Path socket() {
        return "unix".equals(uri.getScheme()) ? Path.of(uri.getPath()) : null;
    }

    @Override
    public Outcome<Optional<ContainerSnapshot>> container(ContainerId id) {
        return engine.inspect(id);
    }

    @Override
    public Outcome<ImmutableSet<InetAddress>> bridgeGateways() {
        return engine.bridgeGateways();
    }
}
