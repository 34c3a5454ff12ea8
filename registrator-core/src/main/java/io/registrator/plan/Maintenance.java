package io.registrator.plan;

import io.registrator.model.ContainerRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why we put services into maintenance, in words by which we know them again. What an operator set is not ours to end. */
public final class Maintenance {
    private static final String OURS = "registrator: ";

    private Maintenance() {}

    /** The container is frozen and answers nothing. */
    public static String paused(ContainerRef container) {
        return OURS + "container " + container.name() + " is paused";
    }

    /** The container has been asked to stop. */
    public static String stopping(ContainerRef container) {
        return OURS + "container " + container.name() + " is being stopped";
    }

    /** Whether it is ours to end. */
    static boolean isOurs(@Nullable String reason) {
        return reason != null && reason.startsWith(OURS);
    }

    /** Whether a service that shows {@code seen} is to show {@code wanted} instead; null for no maintenance. */
    static boolean mustChange(@Nullable String seen, @Nullable String wanted) {
        return mayReplace(seen) && !Objects.equals(seen, wanted);
    }

    /** Whether {@code seen} is not somebody else's. */
    static boolean mayReplace(@Nullable String seen) {
        return seen == null || isOurs(seen);
    }
}
