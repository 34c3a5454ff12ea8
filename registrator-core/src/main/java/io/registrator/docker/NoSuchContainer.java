package io.registrator.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Locale;
import java.util.Optional;

/**
 * The engine's word that a container is gone. A 404 alone is not that: whatever else listens at the engine's address
 * answers so too, and its services must not be deregistered on such a word.
 */
final class NoSuchContainer {
    private NoSuchContainer() {}

    static <T> Optional<T> orRethrow(NotFoundException answer) {
        var message = String.valueOf(answer.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no such container")) {
            return Optional.empty();
        }
        throw answer;
    }
}
