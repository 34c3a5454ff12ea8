package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One recorded run.
 *
 * @param resolves whether the host's name resolved to an address
 */
record Vector(
        String name,
        ImmutableList<String> flags,
        boolean resolves,
        ImmutableList<ContainerSnapshot> containers,
        ImmutableList<Registration> registrations) {
    private static final Path FOLDER = Path.of("src/test/resources/vectors");

    static ImmutableList<Vector> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Vector::read)
                    .collect(toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of a flag that was given. */
    Optional<String> flag(String name) {
        int at = flags.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(flags.get(at + 1));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Vector read(Path file) {
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            return of(JsonParser.parseReader(reader).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector of(JsonObject vector) {
        JsonObject input = vector.getAsJsonObject("input");
        ImmutableList<JsonElement> inspects =
                ImmutableList.copyOf(input.getAsJsonArray("containers").asList());
        return new Vector(
                vector.get("case").getAsString(),
                input.getAsJsonArray("flags").asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(toImmutableList()),
                !input.getAsJsonObject("host").get("resolves_to").isJsonNull(),
                IntStream.range(0, inspects.size())
                        .mapToObj(index ->
                                InspectReader.snapshot(inspects.get(index).getAsJsonObject(), index))
                        .collect(toImmutableList()),
                vector.getAsJsonArray("registrations").asList().stream()
                        .map(registration -> InspectReader.registration(
                                registration.getAsJsonObject().getAsJsonObject("body")))
                        .collect(toImmutableList()));
    }
}
