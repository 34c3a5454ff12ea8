package io.registrator.docker;

import com.google.gson.JsonParseException;
import java.io.IOException;

/** The engine answered, with a status that is none of success. */
final class EngineAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    EngineAnswerException(int status, String body) {
        super(status + ": " + words(body));
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** As the engine sent it, or its beginning. */
    String body() {
        return body;
    }

    private static String words(String body) {
        try {
            return Fields.of(EngineJson.parse(body), "error").text("message").orElse(body);
        } catch (JsonParseException | IllegalArgumentException | BrokenJsonException noJson) {
            return body;
        }
    }
}
