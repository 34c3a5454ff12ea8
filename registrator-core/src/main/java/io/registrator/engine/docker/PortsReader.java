package io.registrator.engine.docker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a container's ports with those that have an empty list of bindings, which docker-java's own reading loses. */
final class PortsReader extends StdDeserializer<Ports> {
    private static final long serialVersionUID = 1L;
    private static final TypeReference<Map<String, List<Map<String, String>>>> BINDINGS = new TypeReference<>() {};

    PortsReader() {
        super(Ports.class);
    }

    @Override
    public Ports deserialize(JsonParser json, DeserializationContext context) throws IOException {
        Map<String, List<Map<String, String>>> bindings =
                context.readValue(json, context.getTypeFactory().constructType(BINDINGS));
        Ports ports = new Ports();
        bindings.forEach((port, bound) -> bind(ports, ExposedPort.parse(port), bound));
        return ports;
    }

    private static void bind(Ports ports, ExposedPort port, @Nullable List<Map<String, String>> bindings) {
        if (bindings == null || bindings.stream().noneMatch(Objects::nonNull)) {
            ports.bind(port, null);
            return;
        }
        bindings.stream()
                .filter(Objects::nonNull)
                .forEach(
                        binding -> ports.bind(port, new Ports.Binding(binding.get("HostIp"), binding.get("HostPort"))));
    }
}
