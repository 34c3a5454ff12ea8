package io.registrator.derive;

import com.google.common.base.Ascii;

/** The kinds of checks that a key can ask for. Of several in one place the first in this order is made. */
enum CheckKind {
    HTTP,
    HTTPS,
    CMD,
    SCRIPT,
    DOCKER,
    TTL,
    TCP,
    GRPC;

    /** The last word of its key: {@code http} in {@code SERVICE_CHECK_HTTP}. */
    String word() {
        return Ascii.toLowerCase(name());
    }

    boolean runsCommand() {
        return this == CMD || this == SCRIPT || this == DOCKER;
    }

    /** Whether its key says only yes or no. */
    boolean isSwitch() {
        return this == TCP || this == GRPC;
    }
}
