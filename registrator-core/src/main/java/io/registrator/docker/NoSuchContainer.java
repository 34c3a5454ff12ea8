package io.registrator.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Locale;
import java.util.Optional;

/**
 * The engine's word that a container is gone. A 404 alone is not that: whatever else listens at the engine's address
 * answers so too, and its services must not be deregistered on such a word. Podman may answer 500 while it removes one, and
 * names the cause.
 */
final class NoSuchContainer {
    private static final String WORDS = "no such container";
    private static final String CAUSE = "\"cause\":\"" + WORDS + "\"";

    private NoSuchContainer() {}

    static <T> Optional<T> orRethrow(DockerException answer) {
        var message = String.valueOf(answer.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains(answer instanceof NotFoundException ? WORDS : CAUSE)) {
            return Optional.empty();
        }
        throw answer;
    }
}
