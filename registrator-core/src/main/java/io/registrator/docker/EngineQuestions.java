package io.registrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Questions about the engine itself, asked at start-up. */
final class EngineQuestions {
    private static final String DEFAULT_BRIDGE = "bridge";

    private EngineQuestions() {}

    static EngineInfo info(DockerClient client) {
        var info = client.infoCmd().exec();
        var version = client.versionCmd().exec();
        return new EngineInfo(
                text(info.getName()),
                text(info.getServerVersion()),
                text(version.getApiVersion()),
                text(info.getOperatingSystem()));
    }

    static ImmutableSet<InetAddress> bridgeGateways(DockerClient client) {
        try {
            return BridgeGateways.of(
                    client.inspectNetworkCmd().withNetworkId(DEFAULT_BRIDGE).exec());
        } catch (NotFoundException e) {
            return ImmutableSet.of();
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
