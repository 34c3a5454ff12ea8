package io.registrator.docker;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One object of an answer. A field that is missing or null is empty; one that is of another kind than it should be makes the
 * answer one that is not understood: {@link IllegalArgumentException}.
 *
 * @param path where it is, for messages; ends with a dot unless it is empty
 */
record Fields(JsonObject json, String path) {
    private static final JsonObject NOTHING = new JsonObject();

    /** @param name what the element is, for the message that it is no object */
    static Fields of(JsonElement element, String name) {
        if (!(element instanceof JsonObject object)) {
            throw new IllegalArgumentException(name + " is no object");
        }
        return new Fields(object, "");
    }

    Optional<String> text(String name) {
        return primitive(name).map(JsonPrimitive::getAsString);
    }

    /** Never null where the engine is one. */
    String requiredText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    Optional<Long> number(String name) {
        return primitive(name).map(JsonPrimitive::getAsLong);
    }

    Optional<Fields> object(String name) {
        var value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject object)) {
            throw unexpected(name, "object");
        }
        return Optional.of(new Fields(object, path + name + "."));
    }

    /** Never null where the engine is one. */
    Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    /** The object, or one without fields. */
    Fields objectOrEmpty(String name) {
        return object(name).orElseGet(() -> new Fields(NOTHING, path + name + "."));
    }

    /** The elements of a list, without those that are null. */
    ImmutableList<JsonElement> list(String name) {
        var value = value(name);
        if (value == null) {
            return ImmutableList.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw unexpected(name, "list");
        }
        return array.asList().stream().filter(element -> !element.isJsonNull()).collect(toImmutableList());
    }

    ImmutableList<Fields> objects(String name) {
        return list(name).stream().map(element -> of(element, path + name)).collect(toImmutableList());
    }

    ImmutableList<String> texts(String name) {
        return list(name).stream().map(JsonElement::getAsString).collect(toImmutableList());
    }

    /** Each field as an object; one that is null as an object without fields. */
    void forEachObject(BiConsumer<String, Fields> field) {
        json.keySet().forEach(name -> field.accept(name, objectOrEmpty(name)));
    }

    /** Each field that has a text. */
    void forEachText(BiConsumer<String, String> field) {
        json.keySet().forEach(name -> text(name).ifPresent(value -> field.accept(name, value)));
    }

    Iterable<String> names() {
        return json.keySet();
    }

    Map<String, JsonElement> asMap() {
        return json.asMap();
    }

    private Optional<JsonPrimitive> primitive(String name) {
        var value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonPrimitive primitive)) {
            throw unexpected(name, "single value");
        }
        return Optional.of(primitive);
    }

    private @Nullable JsonElement value(String name) {
        var value = json.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("an answer without " + path + name);
    }

    private IllegalArgumentException unexpected(String name, String kind) {
        return new IllegalArgumentException(path + name + " is no " + kind);
    }
}
