package io.registrator.docker;

import java.io.IOException;

/** What should have been JSON is not. It may be whole next time. */
final class BrokenJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenJsonException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokenJsonException(String message) {
        super(message);
    }
}
