package io.registrator.derive.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a range goes over, one after the other: the elements of a list, of a map by its keys, or numbers from 0. */
final class Iterations {
    private final Iterator<? extends Object> keys;
    private final Element elements;
    private @Nullable Object element;

    private interface Element {
        @Nullable
        Object of(Object key);
    }

    private Iterations(Iterator<? extends Object> keys, Element elements) {
        this.keys = keys;
        this.elements = elements;
    }

    /** @throws FunctionException for a value that nothing can go over */
    static Iterations over(@Nullable Object value, Limits limits) {
        return switch (value) {
            case null -> numbers(0, key -> key);
            case Long count -> numbers(count, key -> key);
            case List<?> list -> numbers(list.size(), key -> list.get(((Long) key).intValue()));
            case Map<?, ?> map -> {
                limits.given(List.of(map));
                yield new Iterations(Values.sorted(map).keySet().iterator(), map::get);
            }
            default -> throw new FunctionException("range can't iterate over " + Values.written(value));
        };
    }

    private static Iterations numbers(long count, Element elements) {
        return new Iterations(
                new Iterator<Long>() {
                    private long next;

                    @Override
                    public boolean hasNext() {
                        return next < count;
                    }

                    @Override
                    public Long next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        return next++;
                    }
                },
                elements);
    }

    boolean hasNext() {
        return keys.hasNext();
    }

    /** The next key or index. */
    Object nextKey() {
        Object key = Objects.requireNonNull(keys.next());
        element = elements.of(key);
        return key;
    }

    /** The element of the last key. */
    @Nullable
    Object element() {
        return element;
    }
}
