package io.registrator.reconcile;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time, threads and chance, from outside so that a test can hold them still.
 *
 * @param clock never goes backwards; only differences between its instants mean anything
 * @param workers runs requests to peers, each of which may block
 * @param random for jitter, from 0 (inclusive) to 1
 */
public record LoopRuntime(InstantSource clock, Executor workers, DoubleSupplier random) {

    /** The system's monotonic clock, and a virtual thread a request. */
    public static LoopRuntime system() {
        return new LoopRuntime(
                () -> Instant.EPOCH.plusNanos(System.nanoTime()),
                task -> Thread.ofVirtual().name("request").start(task),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
