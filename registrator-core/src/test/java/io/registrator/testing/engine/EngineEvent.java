package io.registrator.testing.engine;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened.
 *
 * @param type {@code container} or {@code network}
 * @param actor the ID of a container or network
 */
public record EngineEvent(String type, String action, String actor, SortedMap<String, String> attributes, Instant at) {

    /** Of a container; its attributes are its labels and these. */
    static EngineEvent of(SimulatedContainer container, String action, Map<String, String> more, Instant at) {
        SortedMap<String, String> attributes = new TreeMap<>(container.spec().labels());
        attributes.put("image", container.spec().image());
        attributes.put("name", container.name());
        attributes.putAll(more);
        return new EngineEvent("container", action, container.id(), attributes, at);
    }

    /** Of the network that a container comes into or leaves. */
    static EngineEvent ofNetwork(SimulatedContainer container, String action, Instant at) {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("container", container.id());
        attributes.put("name", container.network());
        attributes.put("type", container.network().equals("host") ? "host" : "bridge");
        return new EngineEvent("network", action, EndpointJson.networkId(container.network()), attributes, at);
    }

    /** Since 1970, as the engine writes it. */
    long nanos() {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }

    /** One line of the stream, without its end. */
    String json(ApiVersion version) {
        return "{" + (version == ApiVersion.V1_52 || !type.equals("container") ? "" : old()) + today() + "}";
    }

    private String old() {
        return "\"status\":%s,\"id\":%s,\"from\":%s,"
                .formatted(Json.text(action), Json.text(actor), Json.text(attributes.getOrDefault("image", "")));
    }

    private String today() {
        return "\"Type\":%s,\"Action\":%s,\"Actor\":{\"ID\":%s,\"Attributes\":%s},\"scope\":\"local\",\"time\":%d,\"timeNano\":%d"
                .formatted(
                        Json.text(type),
                        Json.text(action),
                        Json.text(actor),
                        Json.texts(attributes),
                        at.getEpochSecond(),
                        nanos());
    }
}
