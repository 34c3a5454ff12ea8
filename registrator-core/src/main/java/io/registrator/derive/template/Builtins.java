package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template has, but for {@code and} and {@code or}. */
final class Builtins {
    static final ImmutableMap<String, TemplateFunction> ALL = ImmutableMap.<String, TemplateFunction>builder()
            .put("not", arguments -> !Values.isTrue(arguments.count(1, 1).value(0)))
            .put("len", arguments -> length(arguments.count(1, 1).value(0)))
            .put("index", arguments -> index(arguments.count(1, Integer.MAX_VALUE)))
            .put("slice", arguments -> slice(arguments.count(1, 4)))
            .put("print", arguments -> Printf.print(arguments.from(0)))
            .put("println", arguments -> Printf.println(arguments.from(0)))
            .put("printf", arguments -> printf(arguments.count(1, Integer.MAX_VALUE)))
            .put("html", arguments -> Escapes.html(asOne(arguments)))
            .put("js", arguments -> Escapes.js(asOne(arguments)))
            .put(
                    "urlquery",
                    arguments -> URLEncoder.encode(asOne(arguments), UTF_8)
                            .replace("*", "%2A")
                            .replace("%7E", "~"))
            .put("call", Builtins::call)
            .put("eq", arguments -> Comparison.equalsAny(arguments.count(2, Integer.MAX_VALUE)))
            .put("ne", arguments -> !Comparison.equalsAny(arguments.count(2, 2)))
            .put("lt", arguments -> Comparison.compare(arguments.count(2, 2)) < 0)
            .put("le", arguments -> Comparison.compare(arguments.count(2, 2)) <= 0)
            .put("gt", arguments -> Comparison.compare(arguments.count(2, 2)) > 0)
            .put("ge", arguments -> Comparison.compare(arguments.count(2, 2)) >= 0)
            .buildOrThrow();

    private Builtins() {}

    private static String asOne(Arguments arguments) {
        return arguments.size() == 1 && arguments.value(0) instanceof String text
                ? text
                : Printf.print(arguments.from(0));
    }

    private static String printf(Arguments arguments) {
        return Printf.format(arguments.text(0), arguments.from(1));
    }

    private static long length(@Nullable Object value) {
        return switch (value) {
            case null -> throw new FunctionException("len of nil pointer");
            case String text -> text.getBytes(UTF_8).length;
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> throw new FunctionException("len of type " + Values.type(value));
        };
    }

    private static @Nullable Object index(Arguments arguments) {
        Object value = arguments.value(0);
        if (value == null) {
            throw new FunctionException("index of untyped nil");
        }
        for (int i = 1; i < arguments.size(); i++) {
            value = element(value, arguments, i);
        }
        return value;
    }

    private static @Nullable Object element(@Nullable Object value, Arguments arguments, int at) {
        return switch (value) {
            case null -> throw new FunctionException("index of nil pointer");
            case Map<?, ?> map -> map.containsKey(arguments.text(at)) ? map.get(arguments.text(at)) : Values.zero(map);
            case List<?> list -> list.get(inside(arguments.integer(at), list.size() - 1));
            case String text -> {
                byte[] bytes = text.getBytes(UTF_8);
                yield (long) Byte.toUnsignedInt(bytes[inside(arguments.integer(at), bytes.length - 1)]);
            }
            default -> throw new FunctionException("can't index item of type " + Values.type(value));
        };
    }

    private static Object slice(Arguments arguments) {
        return switch (arguments.value(0)) {
            case null -> throw new FunctionException("slice of untyped nil");
            case String text -> {
                arguments.count(1, 3);
                byte[] bytes = text.getBytes(UTF_8);
                int from = bound(arguments, 1, 0, bytes.length);
                yield new String(bytes, from, bound(arguments, 2, bytes.length, bytes.length) - from, UTF_8);
            }
            case List<?> list -> {
                int from = bound(arguments, 1, 0, list.size());
                yield list.subList(from, bound(arguments, 2, list.size(), list.size()));
            }
            case Object other -> throw new FunctionException("can't slice item of type " + Values.type(other));
        };
    }

    private static int bound(Arguments arguments, int at, int otherwise, int most) {
        if (at >= arguments.size()) {
            return otherwise;
        }
        int bound = inside(arguments.integer(at), most);
        if (at > 1 && bound < arguments.integer(1)) {
            throw new FunctionException("invalid slice index: " + arguments.integer(1) + " > " + bound);
        }
        return bound;
    }

    private static int inside(int index, int most) {
        if (index < 0 || index > most) {
            throw new FunctionException("index out of range: " + index);
        }
        return index;
    }

    /** There are no function values to call. */
    private static Object call(Arguments arguments) {
        Object value = arguments.count(1, Integer.MAX_VALUE).value(0);
        throw new FunctionException(value == null ? "call of nil" : "non-function of type " + Values.type(value));
    }
}
