package io.registrator.engine.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The engine's recorded answers to an inspect, and what the adapter makes of them, for those outside of its package. */
public final class InspectAnswers {
    private static final ObjectMapper MODEL = EngineModel.mapper();

    private InspectAnswers() {}

    /** @param file below the resources of this package, such as {@code engine-20.10/published.json} */
    public static byte[] recorded(String file) {
        return Recorded.text(file).getBytes(StandardCharsets.UTF_8);
    }

    /** As an inspect whose snapshot carries the whole answer only {@code withDocument}. */
    public static ContainerSnapshot read(byte[] answer, boolean withDocument) throws IOException {
        InspectContainerResponse response = MODEL.readValue(answer, InspectContainerResponse.class);
        ContainerSnapshot snapshot = SnapshotMapper.map(response);
        return withDocument ? snapshot.withDocument(Documents.of(response.getRawValues())) : snapshot;
    }
}
