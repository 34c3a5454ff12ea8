package io.registrator.model;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer of an inspect, for templates.
 *
 * @param fields unmodifiable; values are {@link Map}, {@link java.util.List}, {@link String}, {@link Long}, {@link Double},
 *     {@link Boolean} and null
 * @param fetched what the container's templates get from the web, by URL
 */
public record InspectDocument(Map<String, @Nullable Object> fields, ImmutableMap<String, String> fetched) {

    /** The same with what was fetched from the web. */
    public InspectDocument withFetched(ImmutableMap<String, String> texts) {
        return new InspectDocument(fields, texts);
    }
}
