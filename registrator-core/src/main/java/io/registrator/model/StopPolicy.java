package io.registrator.model;

import java.time.Duration;

/**
 * How the engine asks a container to stop.
 *
 * @param signal the number of the signal that it sends
 * @param grace how long it waits after that before it kills
 */
public record StopPolicy(int signal, Duration grace) {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    /** Where the image and the run say nothing: SIGTERM, and ten seconds. */
    public static final StopPolicy DEFAULT = new StopPolicy(SIGTERM, Duration.ofSeconds(10));

    /** Whether a container that was sent this signal is about to end. */
    public boolean isEndedBy(int sent) {
        return sent == signal || isKill(sent);
    }

    /** Whether the signal leaves a container no time for anything. */
    public static boolean isKill(int sent) {
        return sent == SIGKILL;
    }
}
