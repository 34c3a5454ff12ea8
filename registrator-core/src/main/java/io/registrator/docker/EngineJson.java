package io.registrator.docker;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.DockerObject;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Version;
import java.util.HashMap;

/**
 * Reads from the engine's answers only what this program looks at. So a mount type, restart policy or log driver that
 * docker-java does not know cannot make a container unreadable, and a large answer costs little.
 */
final class EngineJson {
    private EngineJson() {}

    static ObjectMapper mapper() {
        return new ObjectMapper()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .addMixIn(DockerObject.class, Unmodelled.class)
                .addMixIn(Container.class, ListingFields.class)
                .addMixIn(InspectContainerResponse.class, InspectFields.class)
                .addMixIn(InspectContainerResponse.ContainerState.class, StateFields.class)
                .addMixIn(HealthState.class, HealthFields.class)
                .addMixIn(ContainerConfig.class, ConfigFields.class)
                .addMixIn(HostConfig.class, HostConfigFields.class)
                .addMixIn(NetworkSettings.class, NetworkSettingsFields.class)
                .addMixIn(ContainerNetwork.class, ContainerNetworkFields.class)
                .addMixIn(Event.class, EventFields.class)
                .addMixIn(Info.class, InfoFields.class)
                .addMixIn(Version.class, VersionFields.class)
                .addMixIn(Network.class, NetworkFields.class);
    }

    /** Where docker-java keeps fields that it has no words for. */
    private abstract static class Unmodelled {
        @JsonAnySetter
        @SuppressWarnings("UnusedVariable") // Jackson looks at its name and annotation alone.
        private final HashMap<String, Object> rawValues = new HashMap<>();
    }

    @JsonIncludeProperties({
        "Id",
        "Names",
        "Image",
        "ImageID",
        "Ports",
        "Labels",
        "State",
        "Status",
        "HostConfig",
        "NetworkSettings"
    })
    private interface ListingFields {}

    @JsonIncludeProperties({"Id", "Name", "Created", "State", "Config", "HostConfig", "NetworkSettings"})
    private interface InspectFields {}

    @JsonIncludeProperties({"Status", "StartedAt", "ExitCode", "Health"})
    private interface StateFields {}

    @JsonIncludeProperties({"Status", "Log"})
    private interface HealthFields {}

    @JsonIncludeProperties({"Image", "Env", "Labels", "ExposedPorts", "StopSignal", "StopTimeout"})
    private interface ConfigFields {}

    @JsonIncludeProperties("NetworkMode")
    private interface HostConfigFields {}

    @JsonIncludeProperties({"Ports", "Networks"})
    private interface NetworkSettingsFields {}

    @JsonIncludeProperties({"IPAddress", "GlobalIPv6Address"})
    private interface ContainerNetworkFields {}

    @JsonIncludeProperties({"Type", "Action", "Actor", "timeNano"})
    private interface EventFields {}

    @JsonIncludeProperties({"Name", "ServerVersion", "OperatingSystem"})
    private interface InfoFields {}

    @JsonIncludeProperties("ApiVersion")
    private interface VersionFields {}

    @JsonIncludeProperties("IPAM")
    private interface NetworkFields {}
}
