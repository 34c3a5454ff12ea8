package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import io.registrator.model.InspectDocument;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import io.registrator.model.PortBinding;
import io.registrator.model.Protocol;
import io.registrator.model.StopPolicy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of vectors: the engine's inspect answers, and bodies of Consul's register call. */
final class InspectReader {
    private InspectReader() {}

    /**
     * The container of one inspect answer; of two, the one with the lower index is the older one.
     *
     * @param fetched what the recorder served on the web, by URL
     */
    static ContainerSnapshot snapshot(JsonObject inspect, int index, ImmutableMap<String, String> fetched) {
        JsonObject config = inspect.getAsJsonObject("Config");
        JsonObject network = inspect.getAsJsonObject("NetworkSettings");
        return new ContainerSnapshot(
                new ContainerId(inspect.get("Id").getAsString()),
                inspect.get("Name").getAsString().substring(1),
                config.get("Image").getAsString(),
                Instant.EPOCH.plusSeconds(index),
                Instant.EPOCH,
                inspect.getAsJsonObject("State").get("Running").getAsBoolean()
                        ? ContainerState.RUNNING
                        : ContainerState.EXITED,
                0,
                HealthReport.NONE,
                StopPolicy.DEFAULT,
                strings(config.get("Env")),
                ImmutableMap.copyOf(texts(config, "Labels")),
                ImmutableSortedSet.copyOf(Iterables.transform(
                        Iterables.concat(
                                members(config, "ExposedPorts").keySet(),
                                members(network, "Ports").keySet()),
                        InspectReader::port)),
                bindings(members(network, "Ports")),
                new NetworkMode(
                        inspect.getAsJsonObject("HostConfig").get("NetworkMode").getAsString()),
                networks(members(network, "Networks")),
                new InspectDocument(fields(inspect), fetched));
    }

    private static Map<String, @Nullable Object> fields(JsonObject object) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        object.asMap().forEach((name, element) -> fields.put(name, value(element)));
        return fields;
    }

    private static @Nullable Object value(JsonElement element) {
        return switch (element) {
            case JsonObject object -> fields(object);
            case JsonArray array ->
                array.asList().stream().map(InspectReader::value).toList();
            case JsonPrimitive text when text.isString() -> text.getAsString();
            case JsonPrimitive bool when bool.isBoolean() -> bool.getAsBoolean();
            case JsonPrimitive number -> number.getAsLong();
            default -> null;
        };
    }

    static Registration registration(JsonObject body) {
        JsonElement check = body.get("Check");
        return new Registration(
                body.get("ID").getAsString(),
                body.get("Name").getAsString(),
                body.has("Address") ? body.get("Address").getAsString() : "",
                body.get("Port").getAsInt(),
                ImmutableSet.copyOf(strings(body.get("Tags"))),
                userMeta(texts(body, "Meta")),
                check.isJsonNull()
                        ? ImmutableList.of()
                        : ImmutableList.of(ConsulCheckShape.of(check.getAsJsonObject())));
    }

    private static ImmutableSortedMap<String, String> userMeta(Map<String, String> meta) {
        Map<String, String> user = new TreeMap<>(meta);
        user.keySet().removeIf(key -> key.startsWith("check_"));
        return ImmutableSortedMap.copyOf(user);
    }

    private static ContainerPort port(String text) {
        List<String> parts = Splitter.on('/').splitToList(text);
        return new ContainerPort(Integer.parseInt(parts.get(0)), Protocol.valueOf(Ascii.toUpperCase(parts.get(1))));
    }

    private static ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings(
            Map<String, JsonElement> ports) {
        TreeMap<ContainerPort, ImmutableList<PortBinding>> bindings = new TreeMap<>();
        ports.forEach((port, bound) -> {
            if (bound.isJsonArray() && !bound.getAsJsonArray().isEmpty()) {
                bindings.put(
                        port(port),
                        bound.getAsJsonArray().asList().stream()
                                .map(binding -> binding(binding.getAsJsonObject()))
                                .collect(toImmutableList()));
            }
        });
        return ImmutableSortedMap.copyOf(bindings);
    }

    private static PortBinding binding(JsonObject binding) {
        return new PortBinding(
                binding.get("HostIp").getAsString(), binding.get("HostPort").getAsInt());
    }

    private static ImmutableSortedMap<String, NetworkEndpoint> networks(Map<String, JsonElement> networks) {
        TreeMap<String, NetworkEndpoint> endpoints = new TreeMap<>();
        networks.forEach((name, network) -> endpoints.put(
                name,
                new NetworkEndpoint(
                        network.getAsJsonObject().get("IPAddress").getAsString(),
                        network.getAsJsonObject().get("GlobalIPv6Address").getAsString())));
        return ImmutableSortedMap.copyOf(endpoints);
    }

    private static ImmutableList<String> strings(@Nullable JsonElement array) {
        return array == null || array.isJsonNull()
                ? ImmutableList.of()
                : array.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(toImmutableList());
    }

    private static Map<String, String> texts(JsonObject parent, String member) {
        Map<String, String> texts = new TreeMap<>();
        members(parent, member).forEach((key, value) -> texts.put(key, value.getAsString()));
        return texts;
    }

    private static Map<String, JsonElement> members(JsonObject parent, String member) {
        JsonElement value = parent.get(member);
        return value == null || value.isJsonNull()
                ? Map.of()
                : value.getAsJsonObject().asMap();
    }
}
