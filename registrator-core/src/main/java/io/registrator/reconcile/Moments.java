package io.registrator.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Small sums over moments. */
final class Moments {
    private Moments() {}

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).min(Instant::compareTo);
    }
}
