package io.registrator.derive.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code eq}, {@code lt} and their siblings: only values of one kind can be compared. */
final class Comparison {
    private Comparison() {}

    /** Whether the first argument equals one of the others. */
    static boolean equalsAny(Arguments arguments) {
        Object first = basic(arguments.value(0));
        boolean equal = false;
        for (Object other : arguments.from(1)) {
            equal = equal || areEqual(first, basic(other));
        }
        return equal;
    }

    static int compare(Arguments arguments) {
        Object first = arguments.value(0);
        Object second = arguments.value(1);
        if (first instanceof Long left && second instanceof Long right) {
            return left.compareTo(right);
        }
        if (first instanceof Double left && second instanceof Double right) {
            return left.compareTo(right);
        }
        if (first instanceof String left && second instanceof String right) {
            return left.compareTo(right);
        }
        if (basic(first) == null || basic(second) == null || first instanceof Boolean) {
            throw new FunctionException("invalid type for comparison: " + Values.type(first));
        }
        throw incompatible(first, second);
    }

    private static boolean areEqual(@Nullable Object first, @Nullable Object second) {
        if (first == null || second == null) {
            return first == null && second == null;
        }
        if (!first.getClass().equals(second.getClass())) {
            throw incompatible(first, second);
        }
        return first.equals(second);
    }

    private static @Nullable Object basic(@Nullable Object value) {
        if (value instanceof List<?> || value instanceof Map<?, ?> || value instanceof Struct) {
            throw new FunctionException("non-comparable type " + Values.type(value));
        }
        return value;
    }

    private static FunctionException incompatible(@Nullable Object first, @Nullable Object second) {
        return new FunctionException(
                "incompatible types for comparison: " + Values.type(first) + " and " + Values.type(second));
    }
}
