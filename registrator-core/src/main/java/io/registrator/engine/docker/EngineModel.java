package io.registrator.engine.docker;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerHostConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.DockerObject;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Version;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How docker-java's model is read: of each type only the fields that the mappers use. docker-java's own reading makes an
 * object of every field, and refuses a whole inspect for one capability, mount type or entry point that it does not know. A
 * field that is not read costs nothing, however long it is; labels are not read but in an inspect.
 */
final class EngineModel {
    /** More than an answer that {@link BoundedTransport} lets through, so that no text or name is the reason to end an event stream. */
    private static final int LONGEST_TEXT = 1 << 25;

    private EngineModel() {}

    static ObjectMapper mapper() {
        JsonFactory json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(LONGEST_TEXT)
                        .build())
                .build();
        return JsonMapper.builder(json)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(new SimpleModule()
                        .setDeserializerModifier(new WholeDocument.Modifier())
                        .addDeserializer(Ports.class, new PortsReader()))
                .addMixIn(DockerObject.class, RawValues.class)
                .addMixIn(InspectContainerResponse.class, OfInspect.class)
                .addMixIn(InspectContainerResponse.ContainerState.class, OfState.class)
                .addMixIn(HealthState.class, OfHealth.class)
                .addMixIn(HealthStateLog.class, OfHealthLog.class)
                .addMixIn(ContainerConfig.class, OfConfig.class)
                .addMixIn(HostConfig.class, OfHostConfig.class)
                .addMixIn(NetworkSettings.class, OfNetworkSettings.class)
                .addMixIn(ContainerNetwork.class, OfNetworkEndpoint.class)
                .addMixIn(InspectImageResponse.class, OfImage.class)
                .addMixIn(Container.class, OfListing.class)
                .addMixIn(ContainerHostConfig.class, OfHostConfig.class)
                .addMixIn(Event.class, OfEvent.class)
                .addMixIn(EventActor.class, OfActor.class)
                .addMixIn(Info.class, OfInfo.class)
                .addMixIn(Version.class, OfVersion.class)
                .addMixIn(Network.class, OfNetwork.class)
                .addMixIn(Network.Ipam.class, OfIpam.class)
                .addMixIn(Network.Ipam.Config.class, OfIpamConfig.class)
                .build();
    }

    /** What is named below and no field of docker-java's type is kept among its raw values. */
    abstract static class RawValues {
        @JsonAnySetter
        @Nullable
        HashMap<String, Object> rawValues;
    }

    @JsonIncludeProperties({"Id", "Name", "Created", "Image", "State", "Config", "HostConfig", "NetworkSettings"})
    private interface OfInspect {}

    @JsonIncludeProperties({"Status", "StartedAt", "ExitCode", "Health"})
    private interface OfState {}

    @JsonIncludeProperties({"Status", "Log"})
    private interface OfHealth {}

    @JsonIncludeProperties("Output")
    private interface OfHealthLog {}

    @JsonIncludeProperties({"Image", "Env", "Labels", "ExposedPorts", StopPolicies.SIGNAL, StopPolicies.TIMEOUT})
    private interface OfConfig {}

    @JsonIncludeProperties("NetworkMode")
    private interface OfHostConfig {}

    /** The addresses beside {@code Networks} are those of one network, and gone from API 1.52 on. */
    @JsonIncludeProperties({"Ports", "Networks"})
    private interface OfNetworkSettings {}

    @JsonIncludeProperties({"NetworkID", "IPAddress", "GlobalIPv6Address"})
    private interface OfNetworkEndpoint {}

    @JsonIncludeProperties({"RepoTags", "RepoDigests"})
    private interface OfImage {}

    @JsonIncludeProperties({
        "Id",
        "Names",
        "Image",
        "ImageID",
        "State",
        "Status",
        "Ports",
        "HostConfig",
        "NetworkSettings"
    })
    private interface OfListing {}

    /** API 1.52 sends neither {@code status} nor {@code id} nor {@code from}. */
    @JsonIncludeProperties({"Type", "Action", "Actor", "timeNano"})
    private interface OfEvent {}

    /** The labels of a container are attributes, too. */
    @JsonIncludeProperties({"ID", "Attributes"})
    interface OfActor {
        @JsonIncludeProperties({
            EventMapper.SIGNAL,
            EventMapper.EXIT_CODE,
            EventMapper.PODMANS_EXIT_CODE,
            EventMapper.CONTAINER,
            EventMapper.IMAGE
        })
        Map<String, String> getAttributes();
    }

    @JsonIncludeProperties({"Name", "ServerVersion", "OperatingSystem"})
    private interface OfInfo {}

    @JsonIncludeProperties("ApiVersion")
    private interface OfVersion {}

    @JsonIncludeProperties("IPAM")
    private interface OfNetwork {}

    @JsonIncludeProperties("Config")
    private interface OfIpam {}

    @JsonIncludeProperties({"Subnet", "Gateway"})
    private interface OfIpamConfig {}
}
