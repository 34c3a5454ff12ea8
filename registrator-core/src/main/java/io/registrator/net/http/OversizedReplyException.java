package io.registrator.net.http;

import java.io.IOException;

/** The server sends more than we are ready to read. */
final class OversizedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    OversizedReplyException(int maxBytes) {
        super("the answer is longer than " + maxBytes + " bytes");
    }
}
