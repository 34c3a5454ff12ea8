package io.registrator.derive.template;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the values of templates; numbers are floating-point, as Go decodes them. */
final class JsonValues {
    private static final Splitter PATH = Splitter.on("::");

    private JsonValues() {}

    /**
     * What a JSON text has at a path of keys and indices, such as {@code Ports::0::Name}.
     *
     * @throws FunctionException when the text is no JSON, or has nothing there
     */
    static @Nullable Object at(String json, String path) {
        JsonElement element = parse(json);
        for (String step : PATH.split(path)) {
            element = child(element, step, path);
        }
        return value(element);
    }

    private static JsonElement parse(String json) {
        try {
            return JsonParser.parseString(json);
        } catch (JsonParseException | StackOverflowError bad) {
            throw new FunctionException("not JSON: " + bad.getMessage());
        }
    }

    private static JsonElement child(JsonElement element, String step, String path) {
        JsonElement child = switch (element) {
            case JsonObject object -> object.get(step);
            case JsonArray array -> elementOf(array, Ints.tryParse(step));
            default -> null;
        };
        if (child == null) {
            throw new FunctionException("the JSON has no " + Quoted.quote(step) + " at " + Quoted.quote(path));
        }
        return child;
    }

    private static @Nullable JsonElement elementOf(JsonArray array, @Nullable Integer index) {
        return index != null && index >= 0 && index < array.size() ? array.get(index) : null;
    }

    /** All of them now: what is looked at again and again is made once. */
    private static Map<String, @Nullable Object> values(JsonObject object) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.asMap().forEach((name, element) -> values.put(name, value(element)));
        return values;
    }

    private static @Nullable Object value(JsonElement element) {
        return switch (element) {
            case JsonObject object -> values(object);
            case JsonArray array ->
                array.asList().stream().map(JsonValues::value).toList();
            case JsonPrimitive text when text.isString() -> text.getAsString();
            case JsonPrimitive bool when bool.isBoolean() -> bool.getAsBoolean();
            case JsonPrimitive number -> number.getAsDouble();
            default -> null;
        };
    }
}
