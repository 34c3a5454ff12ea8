package io.registrator.docker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.type.TypeReference;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whatever an engine answers: it is understood, or refused by an exception, which the source makes a failure of. What is
 * understood can be derived.
 */
class EngineJsonFuzzTest {
    private static final Deriver DERIVER =
            new Deriver(DerivationSettings.builder("node", "192.0.2.1").build());

    @FuzzTest(maxDuration = "10m")
    void readsInspects(byte[] input) {
        ContainerSnapshot snapshot =
                understood(input, new TypeReference<InspectContainerResponse>() {}, SnapshotMapper::map);
        if (snapshot != null) {
            var unused = DERIVER.derive(snapshot, other -> Optional.of(snapshot));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void readsListings(byte[] input) {
        var unused = understood(input, new TypeReference<List<Container>>() {}, ListingMapper::map);
    }

    @FuzzTest(maxDuration = "10m")
    void readsEvents(byte[] input) {
        var unused = understood(input, new TypeReference<Event>() {}, EngineEvents::changed);
    }

    private interface Mapping<A, B> {
        B of(A answer);
    }

    private static <A, B> @Nullable B understood(byte[] input, TypeReference<A> type, Mapping<A, B> mapping) {
        try {
            A answer = EngineJson.mapper().readValue(input, type);
            return answer == null ? null : mapping.of(answer);
        } catch (IOException | RuntimeException refused) {
            return null;
        }
    }
}
