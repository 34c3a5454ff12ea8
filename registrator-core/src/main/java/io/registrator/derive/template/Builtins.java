package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of Go's own that templates of tags have. */
final class Builtins {
    /** They look at no more arguments than they need, so they are no functions like the others. */
    static final ImmutableSet<String> SHORT_CIRCUITS = ImmutableSet.of("and", "or");

    private static final int ANY = Integer.MAX_VALUE;

    static final ImmutableMap<String, TemplateFunction> ALL = ImmutableMap.<String, TemplateFunction>builder()
            .put("not", arguments -> !Values.isTrue(arguments.count(1, 1).value(0)))
            .put("len", arguments -> length(arguments.count(1, 1).value(0)))
            .put("index", arguments -> index(arguments.count(1, ANY)))
            .put("print", Printf::print)
            .put("printf", arguments -> Printf.format(arguments.count(1, ANY)))
            .put("eq", arguments -> equalsAny(arguments.count(2, ANY)))
            .put("ne", arguments -> !equalsAny(arguments.count(2, 2)))
            .put("lt", arguments -> compare(arguments.count(2, 2)) < 0)
            .put("le", arguments -> compare(arguments.count(2, 2)) <= 0)
            .put("gt", arguments -> compare(arguments.count(2, 2)) > 0)
            .put("ge", arguments -> compare(arguments.count(2, 2)) >= 0)
            .buildOrThrow();

    private Builtins() {}

    private static long length(@Nullable Object value) {
        return switch (value) {
            case String text -> text.getBytes(UTF_8).length;
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> throw new FunctionException("type " + Values.type(value) + " has no length");
        };
    }

    private static @Nullable Object index(Arguments arguments) {
        Object value = arguments.value(0);
        for (int i = 1; i < arguments.size(); i++) {
            value = switch (value) {
                case Map<?, ?> map -> Values.entry(map, arguments.text(i));
                case List<?> list -> list.get(inside(arguments.integer(i), list.size()));
                case null, default -> throw new FunctionException("can't index type " + Values.type(value));
            };
        }
        return value;
    }

    private static int inside(int index, int size) {
        if (index < 0 || index >= size) {
            throw new FunctionException("index out of range: " + index);
        }
        return index;
    }

    /** Whether the first argument equals one of the others. */
    private static boolean equalsAny(Arguments arguments) {
        Object first = arguments.value(0);
        boolean equal = false;
        for (Object other : arguments.from(1)) {
            if (first == null || other == null) {
                equal |= first == null && other == null;
            } else {
                equal |= comparable(first, other).equals(other);
            }
        }
        return equal;
    }

    private static int compare(Arguments arguments) {
        Object first = arguments.value(0);
        Object second = arguments.value(1);
        return switch (comparable(first, second)) {
            case Long number -> number.compareTo((Long) second);
            case Double number -> number.compareTo((Double) second);
            case String text -> text.compareTo((String) second);
            default -> throw new FunctionException("can't order values of type " + Values.type(first));
        };
    }

    /** The first one, if both are of one simple type. */
    private static Object comparable(@Nullable Object first, @Nullable Object second) {
        if (first == null
                || second == null
                || !first.getClass().equals(second.getClass())
                || !(first instanceof Comparable<?>)) {
            throw new FunctionException("can't compare " + Values.type(first) + " and " + Values.type(second));
        }
        return first;
    }
}
