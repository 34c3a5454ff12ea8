package io.registrator.testing.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** How often each path was asked for; the inspects of all containers are one path, {@code /containers/ID/json}. */
final class RequestCounts {
    private static final Pattern INSPECT = Pattern.compile("/containers/[^/]+/json");

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String path) {
        String name = INSPECT.matcher(path).matches() ? "/containers/ID/json" : path;
        counts.computeIfAbsent(name, unused -> new LongAdder()).increment();
    }

    long of(String path) {
        LongAdder count = counts.get(path);
        return count == null ? 0 : count.sum();
    }
}
