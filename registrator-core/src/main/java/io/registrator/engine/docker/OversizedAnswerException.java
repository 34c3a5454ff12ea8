package io.registrator.engine.docker;

import java.io.IOException;

/** An answer is longer than what this program reads into memory. */
final class OversizedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    OversizedAnswerException(int limit) {
        super("more than " + limit + " bytes");
    }
}
