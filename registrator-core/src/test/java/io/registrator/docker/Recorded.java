package io.registrator.docker;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.registrator.model.ContainerSnapshot;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The engine's answers in the resources beside this class, read as the adapter reads them. */
final class Recorded {
    private Recorded() {}

    static ContainerSnapshot inspect(String file) {
        return snapshot(text(file));
    }

    static ContainerSnapshot snapshot(String json) {
        try {
            return EngineJson.parse(json, SnapshotMapper::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImmutableList<ContainerListing> list(String file) {
        return listing(text(file));
    }

    static ImmutableList<Fields> events(String file) {
        return text(file).lines().map(Recorded::parse).collect(ImmutableList.toImmutableList());
    }

    static String text(String file) {
        try {
            return Resources.toString(Resources.getResource(Recorded.class, file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fields parse(String json) {
        try {
            return Fields.of(EngineJson.parse(json), "the answer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImmutableList<ContainerListing> listing(String json) {
        try {
            return EngineJson.read(stream(json), ListingMapper::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
