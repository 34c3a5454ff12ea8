package io.registrator.docker;

import java.util.Locale;
import java.util.Optional;

/**
 * The engine's word that a container is gone. A 404 alone is not that: whatever else listens at the engine's address
 * answers so too, and its services must not be deregistered on such a word. Podman may answer 500 while it removes one, and
 * names the cause.
 */
final class NoSuchContainer {
    private static final int NOT_FOUND = 404;
    private static final String WORDS = "no such container";
    private static final String CAUSE = "\"cause\":\"" + WORDS + "\"";

    private NoSuchContainer() {}

    static <T> Optional<T> orRethrow(EngineAnswerException answer) throws EngineAnswerException {
        var body = answer.body().toLowerCase(Locale.ROOT);
        if (body.contains(answer.status() == NOT_FOUND ? WORDS : CAUSE)) {
            return Optional.empty();
        }
        throw answer;
    }
}
