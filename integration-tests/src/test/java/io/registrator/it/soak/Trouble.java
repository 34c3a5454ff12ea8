package io.registrator.it.soak;

/** In what way something was not as it should be. */
enum Trouble {
    /** Consul did not come to equal the engine, or did not stay so. */
    DIVERGENCE,
    /** It did, but not in time. */
    LATE,
    /** A service that nobody touched changed. */
    FLAP,
    /** So did one that is not ours. */
    FOREIGN_WRITE,
    /** The daemon holds more and more. */
    LEAK,
    /** The soak itself could not go on, or could not see. */
    FAILURE;

    /** Whether to go on would only tell the same again. */
    boolean endsAll() {
        return this == DIVERGENCE || this == FAILURE;
    }
}
