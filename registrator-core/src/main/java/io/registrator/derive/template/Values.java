package io.registrator.derive.template;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import com.google.common.primitives.Ints;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of templates: {@code null}, {@link Boolean}, {@link Long}, {@link Double}, {@link String}, {@link List}, {@link
 * Map} with text keys, and {@link Struct}.
 */
final class Values {
    private static final Splitter PATH = Splitter.on("::");

    private Values() {}

    /** Whether an {@code if} takes it for true: what is neither zero nor empty. */
    static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /** What an action writes for it. */
    static String written(@Nullable Object value) {
        return value == null ? "<no value>" : text(value);
    }

    /** As Go prints it, save that large and small numbers have no exponent. */
    static String text(@Nullable Object value) {
        String text = switch (value) {
            case null -> "<nil>";
            case Double number
            when Double.isFinite(number) ->
                number == 0
                        ? "0"
                        : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case List<?> list -> "[" + Limits.join(Iterables.transform(list, Values::text), " ") + "]";
            case Map<?, ?> map ->
                "map["
                        + Limits.join(
                                Iterables.transform(
                                        sorted(map).entrySet(), entry -> entry.getKey() + ":" + text(entry.getValue())),
                                " ")
                        + "]";
            case Struct struct ->
                "{" + Limits.join(Iterables.transform(struct.fields().values(), Values::text), " ") + "}";
            default -> value.toString();
        };
        Limits.check(text);
        return text;
    }

    /** What its type is called in messages. */
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case Boolean bool -> "bool";
            case Long number -> "int";
            case Double number -> "float64";
            case String text -> "string";
            case List<?> list -> "list";
            case Map<?, ?> map -> "map";
            default -> "struct";
        };
    }

    /**
     * A field of a struct, or an entry of a map: null when the map has none.
     *
     * @throws FunctionException when there can be no such field
     */
    static @Nullable Object field(@Nullable Object receiver, String name) {
        return switch (receiver) {
            case Struct struct -> struct.get(name);
            case Map<?, ?> map -> map.get(name);
            case null, default -> throw new FunctionException("type " + type(receiver) + " has no field " + name);
        };
    }

    /** What indexing finds in a map: nothing of a map of texts is an empty text. */
    static @Nullable Object entry(Map<?, ?> map, String key) {
        return map.containsKey(key) || !map.values().stream().allMatch(String.class::isInstance) ? map.get(key) : "";
    }

    /** In the order in which Go ranges over it and prints it. */
    static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    /**
     * What a JSON text has at a path of keys and indices, such as {@code Ports::0::Name}. Numbers are floating-point, as Go
     * decodes them.
     *
     * @throws FunctionException when the text is no JSON, or has nothing there
     */
    static @Nullable Object inJson(String json, String path) {
        try {
            JsonElement element = JsonParser.parseString(json);
            for (String step : PATH.split(path)) {
                element = child(element, step, path);
            }
            return ofJson(element);
        } catch (JsonParseException | StackOverflowError bad) {
            throw new FunctionException("not JSON: " + bad.getMessage());
        }
    }

    private static JsonElement child(JsonElement element, String step, String path) {
        Integer index = Ints.tryParse(step);
        JsonElement child = switch (element) {
            case JsonObject object -> object.get(step);
            case JsonArray array when index != null && index >= 0 && index < array.size() -> array.get(index);
            default -> null;
        };
        if (child == null) {
            throw new FunctionException("the JSON has no \"" + step + "\" at \"" + path + "\"");
        }
        return child;
    }

    private static @Nullable Object ofJson(JsonElement element) {
        return switch (element) {
            case JsonObject object -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                object.asMap().forEach((name, value) -> values.put(name, ofJson(value)));
                yield values;
            }
            case JsonArray array -> array.asList().stream().map(Values::ofJson).toList();
            case JsonPrimitive text when text.isString() -> text.getAsString();
            case JsonPrimitive bool when bool.isBoolean() -> bool.getAsBoolean();
            case JsonPrimitive number -> number.getAsDouble();
            default -> null;
        };
    }
}
