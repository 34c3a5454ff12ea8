package io.registrator.ops.explain;

import io.registrator.model.ContainerPort;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is worth a person's attention.
 *
 * @param port null where it concerns no port in particular
 * @param what in words
 * @param advice empty where there is none
 */
record Cause(Rank rank, @Nullable ContainerPort port, String what, String advice) {
    static final Comparator<Cause> WORST_FIRST = Comparator.comparing(Cause::rank);

    /** The worst first: what is said at the top is the first of those that hold. */
    enum Rank {
        /** Not registered, and not because anybody asked for that. */
        KEPT_OUT,
        /** Not registered, as somebody may have meant it. */
        LEFT_OUT,
        /** Nothing keeps it out, but it is not there. */
        MISSING,
        UNKNOWN,
        PAUSED,
        IN_MAINTENANCE,
        UNHEALTHY,
        WARNED,
        UNREACHABLE,
        CRITICAL,
        OUTDATED;

        boolean keepsOut() {
            return compareTo(MISSING) <= 0;
        }
    }

    /** Of a text like {@code what is wrong; what to do about it}. */
    static Cause of(Rank rank, @Nullable ContainerPort port, String text) {
        int end = text.indexOf("; ");
        return end < 0
                ? new Cause(rank, port, text, "")
                : new Cause(rank, port, text.substring(0, end), text.substring(end + 2));
    }

    Cause orAdvise(String otherwise) {
        return advice.isEmpty() ? new Cause(rank, port, what, otherwise) : this;
    }
}
