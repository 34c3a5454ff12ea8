package io.registrator.registry.consul;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.io.IOException;
import java.util.Objects;
import org.apache.hc.core5.http.HttpStatus;

/** Where this package's exceptions become data. */
final class Failures {
    private Failures() {}

    /** Something asked of the agent. */
    interface Question<T> {
        T ask() throws IOException;
    }

    static <T> Outcome<T> outcome(Question<T> question) {
        try {
            return Outcome.success(question.ask());
        } catch (IOException e) {
            return Outcome.failed(failure(e));
        }
    }

    static Failure failure(IOException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
        return e instanceof RefusedException refused && isFinal(refused)
                ? new Failure.Rejected(refused.status(), message)
                : new Failure.Transient(message);
    }

    /** Whether asking the same again would be answered the same. */
    private static boolean isFinal(RefusedException refused) {
        return switch (refused.status()) {
            case HttpStatus.SC_REQUEST_TIMEOUT, HttpStatus.SC_TOO_MANY_REQUESTS -> false;
            case HttpStatus.SC_INTERNAL_SERVER_ERROR -> refused.body().contains("Scripts are disabled");
            default -> refused.status() < HttpStatus.SC_INTERNAL_SERVER_ERROR;
        };
    }
}
