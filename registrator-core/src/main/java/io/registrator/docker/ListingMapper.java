package io.registrator.docker;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.stream.JsonReader;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** The engine's rows → ours, in the order of their IDs. */
final class ListingMapper {
    private static final CharMatcher SLASH = CharMatcher.is('/');

    private ListingMapper() {}

    /** One row after the other, so that a listing of thousands is never in memory as a whole. */
    static ImmutableList<ContainerListing> read(JsonReader json) throws IOException {
        var rows = new ArrayList<ContainerListing>();
        EngineJson.forEach(json, row -> rows.add(map(row)));
        return ImmutableList.sortedCopyOf(Comparator.comparing(ContainerListing::id), rows);
    }

    private static ContainerListing map(JsonElement element) {
        var row = Fields.of(element, "a row of the listing");
        var id = new ContainerId(row.requiredText("Id"));
        return new ContainerListing(id, name(row).orElseGet(id::shortId), Fingerprint.of(row));
    }

    /** Links add names like {@code /other/alias}; a container that is being removed may have none. */
    private static Optional<String> name(Fields row) {
        return row.texts("Names").stream().map(SLASH::trimLeadingFrom).min(Comparator.comparingInt(SLASH::countIn));
    }
}
