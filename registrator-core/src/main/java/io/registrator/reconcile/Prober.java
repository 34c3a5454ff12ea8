package io.registrator.reconcile;

import com.google.common.net.HostAndPort;

/** Finds out whether something listens. From any thread, several at once; blocks for half a second at most. Never throws. */
@FunctionalInterface
public interface Prober {

    Answer probe(HostAndPort target);

    /** What came of opening a connection. */
    enum Answer {
        /** It was accepted. */
        ACCEPTS,
        /** The address is there, and nothing listens on the port. */
        REFUSES,
        /** Nothing came back: the address cannot be reached from here, or its host is not up. */
        SILENT
    }
}
