package io.registrator.docker;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import io.registrator.model.InspectDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An inspect's answer with all that is in it, for templates. */
final class Documents {
    private Documents() {}

    static InspectDocument read(JsonReader json) throws IOException {
        return new InspectDocument(
                fields(Fields.of(EngineJson.element(json), "the answer").json()), ImmutableMap.of());
    }

    private static Map<String, @Nullable Object> fields(JsonObject object) {
        Map<String, @Nullable Object> fields = Maps.newLinkedHashMapWithExpectedSize(object.size());
        object.asMap().forEach((name, value) -> fields.put(name, value(value)));
        return Collections.unmodifiableMap(fields);
    }

    private static List<@Nullable Object> elements(JsonArray array) {
        List<@Nullable Object> elements = new ArrayList<>(array.size());
        array.forEach(element -> elements.add(value(element)));
        return Collections.unmodifiableList(elements);
    }

    private static @Nullable Object value(JsonElement value) {
        return switch (value) {
            case JsonObject object -> fields(object);
            case JsonArray array -> elements(array);
            case JsonPrimitive text when text.isString() -> text.getAsString();
            case JsonPrimitive truth when truth.isBoolean() -> truth.getAsBoolean();
            case JsonPrimitive number -> number(number.getAsString());
            default -> null;
        };
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException fractionalOrHuge) {
            return Double.valueOf(text);
        }
    }
}
