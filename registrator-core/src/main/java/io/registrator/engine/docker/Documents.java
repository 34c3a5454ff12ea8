package io.registrator.engine.docker;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.InspectDocument;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw values of an inspect → the document that templates read. */
final class Documents {
    private Documents() {}

    static InspectDocument of(Map<String, ? extends @Nullable Object> rawValues) {
        return new InspectDocument(fields(rawValues), ImmutableMap.of());
    }

    private static Map<String, @Nullable Object> fields(Map<?, ? extends @Nullable Object> object) {
        Map<String, @Nullable Object> fields = LinkedHashMap.newLinkedHashMap(object.size());
        object.forEach((name, value) -> fields.put(String.valueOf(name), value(value)));
        return Collections.unmodifiableMap(fields);
    }

    private static List<@Nullable Object> elements(List<? extends @Nullable Object> list) {
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(value(element)));
        return Collections.unmodifiableList(elements);
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> fields(object);
            case List<?> list -> elements(list);
            case Integer number -> number.longValue();
            case BigInteger huge -> huge.doubleValue();
            case null, default -> value;
        };
    }
}
