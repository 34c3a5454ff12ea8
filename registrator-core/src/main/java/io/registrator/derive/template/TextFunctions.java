package io.registrator.derive.template;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions that gliderlabs/registrator gives its templates beside Go's own. */
public final class TextFunctions {
    /** Instructions; some hundred are much for what people write. */
    private static final int LARGEST_REGEX = 10_000;

    /** {@code {2}}, {@code {2,}} and {@code {2,5}}, with a parenthesis before it if it repeats a group. */
    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("(\\)?)\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

    private TextFunctions() {}

    /** What they are called. */
    public static final ImmutableSet<String> NAMES = all(url -> url).keySet();

    /** All of them; {@code httpGet} asks {@code fetch}, which may throw a {@link FunctionException}. */
    public static ImmutableMap<String, TemplateFunction> all(UnaryOperator<String> fetch) {
        return ImmutableMap.<String, TemplateFunction>builder()
                .put("strSlice", arguments -> slice(arguments.count(1, 3)))
                .put("sIndex", arguments -> element(arguments.count(2, 2).integer(0), arguments.texts(1)))
                .put("mIndex", arguments -> value(arguments.count(2, 2).text(0), arguments.map(1)))
                .put("toUpper", arguments -> arguments.count(1, 1).text(0).toUpperCase(Locale.ROOT))
                .put("toLower", arguments -> arguments.count(1, 1).text(0).toLowerCase(Locale.ROOT))
                .put("replace", arguments -> replace(arguments.count(4, 4)))
                .put("join", arguments -> Limits.join(arguments.count(2, 2).texts(1), arguments.text(0)))
                .put("split", arguments -> split(arguments.count(2, 2).text(0), arguments.text(1)))
                .put(
                        "splitIndex",
                        arguments ->
                                element(arguments.count(3, 3).integer(0), split(arguments.text(1), arguments.text(2))))
                .put(
                        "matchFirstElement",
                        arguments -> matching(arguments.count(2, 2)).stream()
                                .findFirst()
                                .orElse(""))
                .put("matchAllElements", arguments -> matching(arguments.count(2, 2)))
                .put("httpGet", arguments -> fetch.apply(arguments.count(1, 1).text(0)))
                .put(
                        "jsonParse",
                        arguments -> Values.inJson(arguments.count(2, 2).text(0), arguments.text(1)))
                .buildOrThrow();
    }

    /** {@code strSlice v from to}: what cannot be cut so stays whole, and an end before the start does not count. */
    private static String slice(Arguments arguments) {
        String text = arguments.text(0);
        byte[] bytes = text.getBytes(UTF_8);
        if (arguments.size() == 1) {
            return text;
        }
        int from = arguments.integer(1);
        int to = arguments.size() == 3 ? arguments.integer(2) : bytes.length;
        if (from < 0 || from > bytes.length || to < 0 || to > bytes.length) {
            return text;
        }
        int end = to < from ? bytes.length : to;
        return new String(bytes, from, end - from, UTF_8);
    }

    /** From the end when below 0; the nearest one when out of bounds. */
    private static String element(int index, List<String> list) {
        if (list.isEmpty()) {
            throw new FunctionException("index of an empty list");
        }
        long wanted = index < 0 ? (long) list.size() + index : index;
        return list.get((int) Math.clamp(wanted, 0, list.size() - 1));
    }

    private static Object value(String key, Map<?, ?> map) {
        @Nullable Object value = map.get(key);
        return value == null ? "" : value;
    }

    /** The first so many; all of them when below 0. */
    private static String replace(Arguments arguments) {
        int count = arguments.integer(0);
        String old = arguments.text(1);
        String text = arguments.text(3);
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        int from = 0;
        for (int i = 0; count < 0 || i < count; i++) {
            int found = from > text.length() ? -1 : text.indexOf(old, from);
            if (found < 0) {
                break;
            }
            replaced.append(text, at, found).append(arguments.text(2));
            Limits.check(replaced);
            at = found + old.length();
            // Nothing is found before every character, and once more at the end.
            from = old.isEmpty() ? next(text, at) : at;
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private static int next(String text, int at) {
        return at < text.length() ? text.offsetByCodePoints(at, 1) : at + 1;
    }

    private static ImmutableList<String> split(String separator, String text) {
        return separator.isEmpty()
                ? text.codePoints().mapToObj(Character::toString).collect(toImmutableList())
                : ImmutableList.copyOf(Splitter.on(separator).split(text));
    }

    /** Those in which the expression, in Go's own syntax, is found. */
    private static ImmutableList<String> matching(Arguments arguments) {
        long size = regexSize(arguments.text(0));
        if (size > LARGEST_REGEX) {
            throw new FunctionException(
                    "a regular expression that is too large, with what it repeats counted as often");
        }
        arguments.limits().made(size);
        arguments.texts(1).forEach(text -> arguments.limits().work(size * text.length()));
        try {
            Pattern pattern = Pattern.compile(arguments.text(0));
            return arguments.texts(1).stream()
                    .filter(text -> pattern.matcher(text).find())
                    .collect(toImmutableList());
        } catch (PatternSyntaxException bad) {
            throw new FunctionException("not a regular expression: " + bad.getMessage());
        }
    }

    /** No fewer instructions than the expression compiles to, as if each repetition of a group were around all the others. */
    static long regexSize(String regex) {
        java.util.regex.Matcher repetition = REPETITION.matcher(regex);
        double size = regex.length() + 4;
        double groups = 1;
        while (repetition.find()) {
            int most = 1
                    + Math.max(
                            Integer.parseInt(repetition.group(2)),
                            Strings.isNullOrEmpty(repetition.group(3)) ? 0 : Integer.parseInt(repetition.group(3)));
            if (repetition.group(1).isEmpty()) {
                size += 2 * most;
            } else {
                groups *= most;
            }
        }
        return (long) (size * groups);
    }
}
