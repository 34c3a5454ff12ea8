package io.registrator.engine.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import io.registrator.model.ContainerSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a container says of the image that it was made from: a name, or the image's ID, whole or only its beginning. */
final class ImageReference {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{4,64}");
    private static final String COMPOSE_SERVICE = "com.docker.compose.service";

    private ImageReference() {}

    /**
     * The reference as it was given, or {@code sha256:} and the whole ID where it is one.
     *
     * @param image the ID of the image that the engine found for it
     */
    static String of(String given, String image) {
        String start = hex(given);
        return HEX.matcher(start).matches() && hex(image).startsWith(start) ? ALGORITHM + hex(image) : given;
    }

    /** The ID to ask for a name with; empty where the container has a name already, or Compose gives it one. */
    static Optional<String> nameless(ContainerSnapshot container) {
        return Optional.of(container.image())
                .filter(image -> image.startsWith(ALGORITHM)
                        && HEX.matcher(hex(image)).matches()
                        && !container.labels().containsKey(COMPOSE_SERVICE));
    }

    /** A name in an image's inspect: one of its tags, or what it was pulled as when that tag has gone to another. */
    static Optional<String> name(InspectImageResponse image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(name -> !name.startsWith("<none>"))
                .findFirst();
    }

    private static String hex(String id) {
        return id.startsWith(ALGORITHM) ? id.substring(ALGORITHM.length()) : id;
    }
}
