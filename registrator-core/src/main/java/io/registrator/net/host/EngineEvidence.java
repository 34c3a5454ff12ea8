package io.registrator.net.host;

import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the engine tells about its host. Each question blocks for a bounded time. */
public interface EngineEvidence {
    /** Its host's name. */
    String hostName();

    /** The socket it is asked at; null for an engine over TCP. */
    @Nullable
    Path socket();

    /** A container of its; empty where it has none of this ID. {@code GET /containers/ID/json}. */
    Outcome<Optional<ContainerSnapshot>> container(ContainerId id);

    /**
     * The host's addresses on a local engine's default bridge; none for an engine elsewhere, or without such a bridge. {@code
     * GET /networks/bridge}.
     */
    Outcome<ImmutableSet<InetAddress>> bridgeGateways();
}
