package io.registrator.ops.supervise;

/** Watches over the daemon from outside. Is told by one thread; may block for a few seconds, and reports its own trouble. */
public interface Supervisor {
    /** Start-up is complete: the first full pass is over, or waits for a peer that is not there yet. May be told again. */
    default void started() {}

    /**
     * A whole round of the work was done since the last time this was told. Told every
     * period as long as that is so, and not at all while it is not.
     */
    default void alive() {}

    /** What the daemon does or waits for, in a few words. */
    default void status(String text) {}

    /** The daemon ends because it was asked to. */
    default void stopping() {}
}
