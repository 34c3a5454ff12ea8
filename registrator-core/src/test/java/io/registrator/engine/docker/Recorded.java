package io.registrator.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.InspectDocument;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The engine's answers in the resources beside this class, read as the adapter reads them. */
final class Recorded {
    private static final ObjectMapper MODEL = EngineModel.mapper();

    private Recorded() {}

    static ContainerSnapshot inspect(String file) {
        return snapshot(text(file));
    }

    static ContainerSnapshot snapshot(String json) {
        return SnapshotMapper.map(read(json, new TypeReference<InspectContainerResponse>() {}));
    }

    static InspectDocument document(String json) {
        return Documents.of(
                read(json, new TypeReference<InspectContainerResponse>() {}).getRawValues());
    }

    static ImmutableList<ContainerListing> list(String file) {
        return listing(text(file));
    }

    static ImmutableList<ContainerListing> listing(String json) {
        return ListingMapper.map(read(json, new TypeReference<List<Container>>() {}));
    }

    static ImmutableList<Event> events(String file) {
        return text(file).lines().map(Recorded::event).collect(ImmutableList.toImmutableList());
    }

    static Event event(String json) {
        return read(json, new TypeReference<Event>() {});
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MODEL.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        try {
            return Resources.toString(Resources.getResource(Recorded.class, file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
