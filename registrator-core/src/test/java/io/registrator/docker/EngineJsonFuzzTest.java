package io.registrator.docker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerSnapshot;
import io.registrator.testing.RecordingListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whatever an engine answers: it is understood, or refused by an exception, which the source makes a failure of. What is
 * understood can be derived.
 */
class EngineJsonFuzzTest {
    private static final ReplayPoint.Replay ALL = new ReplayPoint.Replay(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    private static final Deriver DERIVER =
            new Deriver(DerivationSettings.builder("node", "192.0.2.1").build());

    @FuzzTest(maxDuration = "10m")
    void readsInspects(byte[] input) {
        ContainerSnapshot snapshot = understood(input, SnapshotMapper::read);
        if (snapshot != null) {
            var unused = DERIVER.derive(snapshot, other -> Optional.of(snapshot));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void keepsWholeInspects(byte[] input) {
        var unused = understood(input, Documents::read);
    }

    @FuzzTest(maxDuration = "10m")
    void readsListings(byte[] input) {
        var unused = understood(input, ListingMapper::read);
    }

    @FuzzTest(maxDuration = "10m")
    void readsEvents(byte[] input) {
        var documents = new EventDocuments(new ByteArrayInputStream(input), () -> {});
        try {
            for (Fields event = documents.next(); event != null; event = documents.next()) {
                EngineEvents.tell(event, ALL, new RecordingListener());
            }
        } catch (IOException | RuntimeException refused) {
            return;
        }
    }

    private static <T> @Nullable T understood(byte[] input, EngineHttp.Reading<T> reading) {
        try {
            return EngineJson.read(new ByteArrayInputStream(input), reading);
        } catch (IOException | RuntimeException refused) {
            return null;
        }
    }
}
