package io.registrator.ops.observe;

import java.util.Locale;

/** How far a service has come. */
public enum ServiceState {
    /** The registry has it as we want it. */
    REGISTERED,
    /** It is wanted, and has not been written yet. */
    PENDING,
    /** It does not accept connections yet. */
    WAITING,
    /** Its container has been asked to stop. */
    DRAINING,
    /** It is registered, and out of service for a while. */
    MAINTENANCE,
    /** It could not be written, and is tried again. */
    FAILING,
    /** The registry refuses it as it is. */
    REJECTED,
    /** Its ID is taken. */
    CONFLICT,
    /** Its container does not give it any more, and it is about to be removed. */
    REMOVING,
    /** Its container stopped in a way after which services stay, or may well give it once the host's address is known. */
    KEPT;

    /** In lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
