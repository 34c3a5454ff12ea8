package io.registrator.docker;

import com.github.dockerjava.api.model.Container;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The engine's rows → ours, in the order of their IDs. */
final class ListingMapper {
    private static final CharMatcher SLASH = CharMatcher.is('/');

    private ListingMapper() {}

    static ImmutableList<ContainerListing> map(List<Container> rows) {
        return rows.stream()
                .map(ListingMapper::map)
                .sorted(Comparator.comparing(ContainerListing::id))
                .collect(ImmutableList.toImmutableList());
    }

    private static ContainerListing map(Container row) {
        var id = new ContainerId(row.getId());
        return new ContainerListing(id, name(row).orElseGet(id::shortId), Fingerprint.of(row));
    }

    /** Links add names like {@code /other/alias}; a container that is being removed may have none. */
    private static Optional<String> name(Container row) {
        return Optional.ofNullable(row.getNames()).stream()
                .flatMap(Arrays::stream)
                .map(SLASH::trimLeadingFrom)
                .min(Comparator.comparingInt(SLASH::countIn));
    }
}
