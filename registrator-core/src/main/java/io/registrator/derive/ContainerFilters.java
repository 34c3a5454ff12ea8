package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerSnapshot;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which containers are looked at. What a filter with {@code !} matches is left out. Of several filters of one kind
 * one has to match, but of several labels all, as for {@code docker ps}; each kind that there is has to.
 */
record ContainerFilters(ImmutableList<ContainerFilter> all) {

    /** Why the container is left out; empty if it is not. */
    Optional<String> refusal(ContainerSnapshot container) {
        return all.isEmpty()
                ? Optional.empty()
                : Stream.concat(excluded(container), notAdmitted(container)).findFirst();
    }

    private Stream<String> excluded(ContainerSnapshot container) {
        return all.stream()
                .filter(ContainerFilter::excludes)
                .filter(filter -> filter.matches(container))
                .map(filter -> "left out by " + filter);
    }

    private Stream<String> notAdmitted(ContainerSnapshot container) {
        return Arrays.stream(ContainerFilter.Kind.values())
                .map(kind -> all.stream()
                        .filter(filter -> filter.kind() == kind && !filter.excludes())
                        .collect(toImmutableList()))
                .filter(alike -> !alike.isEmpty() && !admits(alike, container))
                .map(alike -> "not admitted by "
                        + alike.stream().map(ContainerFilter::toString).collect(joining(", ")));
    }

    private static boolean admits(ImmutableList<ContainerFilter> alike, ContainerSnapshot container) {
        return alike.getFirst().kind() == ContainerFilter.Kind.LABEL
                ? alike.stream().allMatch(filter -> filter.matches(container))
                : alike.stream().anyMatch(filter -> filter.matches(container));
    }
}
