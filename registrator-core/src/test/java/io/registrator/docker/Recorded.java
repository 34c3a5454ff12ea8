package io.registrator.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The engine's answers in the resources beside this class, read as the adapter reads them. */
final class Recorded {
    private Recorded() {}

    static InspectContainerResponse inspect(String file) {
        return parse(text(file), new TypeReference<>() {});
    }

    static List<Container> list(String file) {
        return parse(text(file), new TypeReference<>() {});
    }

    static ImmutableList<Event> events(String file) {
        return text(file)
                .lines()
                .map(line -> parse(line, new TypeReference<Event>() {}))
                .collect(ImmutableList.toImmutableList());
    }

    static String text(String file) {
        try {
            return Resources.toString(Resources.getResource(Recorded.class, file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T parse(String json, TypeReference<T> type) {
        try {
            return EngineJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
