package io.registrator.ops.supervise;

/** Works in rounds that follow each other for ever. */
@FunctionalInterface
public interface Worker {
    /**
     * Has this run on the worker's own thread when a whole round that began after this call is over; never, if there is
     * none. From any thread; returns at once.
     */
    void afterNextRound(Runnable done);
}
