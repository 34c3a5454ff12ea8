package io.registrator.consul;

import java.io.IOException;

/** The agent answered with another status than 200. The message is complete: what was asked of whom, and the answer. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    RefusedException(String message, int status, String body) {
        super(message);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }
}
