package io.registrator.derive.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps one rendering from taking more than its share of time and memory, whoever wrote the template. */
final class Limits {
    /** Much more than a service can have tags. */
    static final int MOST_OUTPUT = 65_536;

    private static final int MOST_STEPS = 1_000_000;
    /** Of characters, list elements and instructions of expressions. A small daemon's heap is 32 MiB. */
    private static final int MOST_MADE = 2_000_000;
    /** Characters read, times what is done to each. */
    private static final int MOST_WORK = 20_000_000;
    /** What an object takes beside its text. */
    private static final int OBJECT = 16;

    private int steps;
    private long made;
    private long worked;

    /** One more thing is done. */
    void step() {
        if (++steps > MOST_STEPS) {
            throw new FunctionException("takes more than " + MOST_STEPS + " steps");
        }
    }

    /** A function is called with this. */
    void given(List<@Nullable Object> arguments) {
        arguments.forEach(argument -> work(size(argument)));
    }

    /** A function has made this. */
    void made(@Nullable Object value) {
        if (value instanceof String text) {
            check(text);
        }
        made(size(value));
    }

    void made(long size) {
        made += size;
        if (made > MOST_MADE) {
            throw new FunctionException("makes texts and lists of more than " + MOST_MADE + " characters");
        }
    }

    void work(long units) {
        worked += units;
        if (worked > MOST_WORK) {
            throw new FunctionException("takes more than " + MOST_WORK + " looks at a character");
        }
    }

    /** A text that has been made, or is being made, is not too long. */
    static void check(CharSequence text) {
        if (text.length() > MOST_OUTPUT) {
            throw new FunctionException("makes a text of more than " + MOST_OUTPUT + " characters");
        }
    }

    /** The texts with {@code separator} between them; ends as soon as they are too long together. */
    static String join(Iterable<String> texts, String separator) {
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (String text : texts) {
            joined.append(first ? "" : separator).append(text);
            check(joined);
            first = false;
        }
        return joined.toString();
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> OBJECT + text.length();
            case List<?> list -> list.stream().mapToLong(Limits::sizeInList).sum();
            case Map<?, ?> map -> (long) OBJECT * map.size();
            case null, default -> OBJECT;
        };
    }

    private static long sizeInList(@Nullable Object element) {
        return element instanceof String text ? OBJECT + text.length() : OBJECT;
    }
}
