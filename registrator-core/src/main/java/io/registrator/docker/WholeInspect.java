package io.registrator.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.registrator.model.ContainerId;
import io.registrator.model.InspectDocument;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inspect's answer with all that is in it. */
final class WholeInspect {
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DockerHttpClient http;

    WholeInspect(DockerHttpClient http) {
        this.http = http;
    }

    /** Empty when the engine does not show it: the container has just gone, which its next inspect tells. */
    Optional<InspectDocument> of(ContainerId id) throws IOException {
        Request request = Request.builder()
                .method(Request.Method.GET)
                .path("/containers/" + id.value() + "/json")
                .build();
        try (var response = http.execute(request)) {
            return response.getStatusCode() == OK
                    ? Optional.of(document(JSON.readValue(response.getBody(), Map.class)))
                    : Optional.empty();
        }
    }

    private static InspectDocument document(Map<?, ?> answer) {
        return new InspectDocument(fields(answer), ImmutableMap.of());
    }

    private static Map<String, @Nullable Object> fields(Map<?, ?> object) {
        Map<String, @Nullable Object> fields = Maps.newLinkedHashMapWithExpectedSize(object.size());
        object.forEach((name, value) -> fields.put(String.valueOf(name), value(value)));
        return Collections.unmodifiableMap(fields);
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> object -> fields(object);
            case List<?> list ->
                Collections.unmodifiableList(
                        list.stream().map(WholeInspect::value).toList());
            case Integer number -> number.longValue();
            case Long number -> number;
            case Number number -> number.doubleValue();
            default -> value;
        };
    }
}
