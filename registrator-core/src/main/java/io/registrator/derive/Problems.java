package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one port, or with the container as a whole. Rules go on with a default after an error. */
final class Problems {
    private final ContainerRef container;
    private final @Nullable ContainerPort port;
    private final Set<Problem> found = new LinkedHashSet<>();

    Problems(ContainerRef container, @Nullable ContainerPort port) {
        this.container = container;
        this.port = port;
    }

    void error(String key, String message) {
        found.add(new Problem(Problem.Severity.ERROR, container, port, key, message));
    }

    void warning(String key, String message) {
        found.add(new Problem(Problem.Severity.WARNING, container, port, key, message));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    ImmutableList<Problem> all() {
        return ImmutableList.copyOf(found);
    }
}
