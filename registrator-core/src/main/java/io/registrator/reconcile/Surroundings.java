package io.registrator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What the parts of the loop share.
 *
 * @param clock never goes backwards
 * @param random for jitter, from 0 (inclusive) to 1
 */
record Surroundings(
        Mailbox mailbox, Requests requests, InstantSource clock, DoubleSupplier random, ReconcileObserver observer) {

    Instant now() {
        return clock.instant();
    }

    Backoff backoff(Duration first, Duration longest) {
        return new Backoff(first, longest, random);
    }
}
