package io.registrator.derive.template;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value whose fields are known, so that asking for another one is an error; a {@link Map} has no value for a key that it
 * lacks. A field's name is found without regard to case where it is not found as it stands.
 *
 * @param fields in their order
 * @param zeros what fields are that may be left out
 */
public record Struct(Map<String, @Nullable Object> fields, Map<String, @Nullable Object> zeros) {
    public Struct {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field of this name as it is written here; empty if there is none. */
    Optional<String> named(String name) {
        if (fields.containsKey(name)) {
            return Optional.of(name);
        }
        return fields.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
    }

    /** @throws FunctionException when there is no such field */
    @Nullable
    Object get(String name) {
        Optional<String> found = named(name);
        if (found.isPresent()) {
            return fields.get(found.get());
        }
        if (zeros.containsKey(name)) {
            return zeros.get(name);
        }
        throw new FunctionException("there is no field " + name + "; there are "
                + fields.keySet().stream().sorted().collect(joining(", ")));
    }
}
