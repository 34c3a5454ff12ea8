package io.registrator.reconcile;

import java.util.Locale;

/** Whom the loop keeps equal to each other. */
public enum Peer {
    ENGINE,
    REGISTRY;

    /** In lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
