package io.registrator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Small sums over moments. */
final class Moments {
    private Moments() {}

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).min(Instant::compareTo);
    }

    /** From {@code now} to the first of these, never negative and at most {@code longest}. */
    @SafeVarargs
    static Duration wait(Instant now, Duration longest, Optional<Instant>... dues) {
        Instant latest = now.plus(longest);
        Instant first = Arrays.stream(dues)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .filter(due -> due.isBefore(latest))
                .orElse(latest);
        return first.isBefore(now) ? Duration.ZERO : Duration.between(now, first);
    }
}
