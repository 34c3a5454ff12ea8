package io.registrator.plan;

import io.registrator.model.ContainerSnapshot;
import org.jspecify.annotations.Nullable;

/** Which services of ours may go when their container has stopped. */
public enum DeregisterPolicy {
    /** Those of every container that is not running. */
    ALWAYS,
    /**
     * Those of containers that exited with 0 or were ended by a signal, and of containers that were removed. It is
     * gliderlabs/registrator's rule, which takes an exit code with the bit 128 for a signal's.
     */
    ON_SUCCESS,
    /** None. */
    NEVER;

    private static final int SIGNALLED = 128;

    /**
     * Whether a service that no container gives any more may go.
     *
     * @param container as the engine shows it, null when it is gone
     */
    boolean allowsRemoval(@Nullable ContainerSnapshot container) {
        boolean running = container != null && container.state().isRunning();
        return switch (this) {
            case ALWAYS -> true;
            case ON_SUCCESS -> running || container == null || !failed(container);
            case NEVER -> running;
        };
    }

    private static boolean failed(ContainerSnapshot container) {
        return container.exitCode() != 0 && (container.exitCode() & SIGNALLED) == 0;
    }
}
