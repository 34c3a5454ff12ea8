package io.registrator.engine.docker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whatever an engine answers: it is understood, or refused by an exception, which the source makes a failure of. What is
 * understood can be derived.
 */
class EngineJsonFuzzTest {
    private static final ReplayPoint.Replay ALL = new ReplayPoint.Replay(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    private static final ObjectMapper MODEL = EngineModel.mapper();
    private static final Deriver DERIVER =
            new Deriver(DerivationSettingsBuilder.of("node", "192.0.2.1").build());

    @FuzzTest(maxDuration = "10m")
    void readsInspects(byte[] input) {
        InspectContainerResponse answer = understood(input, InspectContainerResponse.class);
        if (answer != null) {
            derive(answer);
        }
    }

    private static void derive(InspectContainerResponse answer) {
        ContainerSnapshot snapshot;
        try {
            snapshot = SnapshotMapper.map(answer);
        } catch (IllegalArgumentException | DateTimeException refused) {
            return;
        }
        var unused = DERIVER.derive(snapshot, other -> Optional.of(snapshot));
    }

    @FuzzTest(maxDuration = "10m")
    void keepsWholeInspects(byte[] input) {
        InspectContainerResponse answer = understood(input, InspectContainerResponse.class);
        if (answer != null) {
            var unused = Documents.of(answer.getRawValues());
        }
    }

    @FuzzTest(maxDuration = "10m")
    void readsListings(byte[] input) {
        Container[] rows = understood(input, Container[].class);
        if (rows != null
                && Stream.of(rows)
                        .allMatch(row -> row != null
                                && row.getId() != null
                                && !row.getId().isBlank())) {
            var unused = ListingMapper.map(List.of(rows));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void readsEvents(byte[] input) {
        try (MappingIterator<Event> events = MODEL.readerFor(Event.class).readValues(input)) {
            while (events.hasNextValue()) {
                var unused = EventMapper.map(events.nextValue(), ALL);
            }
        } catch (IOException refused) {
            return;
        }
    }

    /** What is refused is refused by the reader's own exceptions. */
    private static <T> @Nullable T understood(byte[] input, Class<T> type) {
        try {
            return MODEL.readValue(input, type);
        } catch (IOException refused) {
            return null;
        }
    }
}
