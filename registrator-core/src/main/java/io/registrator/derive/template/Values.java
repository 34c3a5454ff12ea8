package io.registrator.derive.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of templates: {@code null}, {@link Boolean}, {@link Long}, {@link Double}, {@link String}, {@link List}, {@link
 * Map} with text keys, and {@link Struct}.
 */
final class Values {
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
        return value == null ? "<no value>" : Printf.text(value);
    }

    /** What Go would call its type. */
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case Boolean bool -> "bool";
            case Long number -> "int";
            case Double number -> "float64";
            case String text -> "string";
            case List<?> list -> "[]" + (isAllText(list) ? "string" : "interface {}");
            case Map<?, ?> map -> "map[string]" + (isAllText(map.values()) ? "string" : "interface {}");
            case Struct struct -> "struct";
            default -> value.getClass().getSimpleName();
        };
    }

    /**
     * A field of a struct, or an entry of a map: null when the map has none.
     *
     * @throws FunctionException when there can be no such field
     */
    static @Nullable Object field(@Nullable Object receiver, String name) {
        return switch (receiver) {
            case null -> throw new FunctionException("nil has no field " + name);
            case Struct struct -> struct.get(name);
            case Map<?, ?> map -> map.get(name);
            default -> throw new FunctionException("can't evaluate field " + name + " in type " + type(receiver));
        };
    }

    /** What indexing a map gives for a key that it does not have. */
    static @Nullable Object zero(Map<?, ?> map) {
        return isAllText(map.values()) ? "" : null;
    }

    /** In the order in which Go ranges over it and prints it. */
    static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    private static boolean isAllText(Iterable<?> values) {
        for (Object value : values) {
            if (!(value instanceof String)) {
                return false;
            }
        }
        return true;
    }
}
