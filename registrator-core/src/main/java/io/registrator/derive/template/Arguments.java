package io.registrator.derive.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function is called with. Each getter throws a {@link FunctionException} for an argument of another kind. */
public final class Arguments {
    private final List<@Nullable Object> values;

    private final Limits limits;

    Arguments(List<@Nullable Object> values, Limits limits) {
        this.values = values;
        this.limits = limits;
    }

    /** What the function may take of what the whole rendering may take. */
    Limits limits() {
        return limits;
    }

    public int size() {
        return values.size();
    }

    /** As many as there may be. */
    public Arguments count(int least, int most) {
        if (values.size() < least || values.size() > most) {
            String want = least == most
                    ? String.valueOf(least)
                    : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw new FunctionException("wrong number of arguments: want " + want + ", got " + values.size());
        }
        return this;
    }

    public @Nullable Object value(int index) {
        return values.get(index);
    }

    List<@Nullable Object> from(int index) {
        return values.subList(index, values.size());
    }

    public String text(int index) {
        return values.get(index) instanceof String text ? text : wrong(index, "string");
    }

    public int integer(int index) {
        return values.get(index) instanceof Long number && number == number.intValue()
                ? number.intValue()
                : wrong(index, "int");
    }

    public ImmutableList<String> texts(int index) {
        return values.get(index) instanceof List<?> list
                ? list.stream()
                        .map(item -> item instanceof String text ? text : wrong(index, "[]string"))
                        .collect(toImmutableList())
                : wrong(index, "[]string");
    }

    public Map<?, ?> map(int index) {
        return values.get(index) instanceof Map<?, ?> map ? map : wrong(index, "map");
    }

    private <T> T wrong(int index, String expected) {
        Object value = values.get(index);
        throw new FunctionException(
                value == null
                        ? "invalid value; expected " + expected
                        : "wrong type for value; expected " + expected + "; got " + Values.type(value));
    }
}
