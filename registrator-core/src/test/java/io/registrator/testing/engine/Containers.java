package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All containers, each with its JSON, which is made once a change. */
final class Containers {
    private final ContainerJson json;
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private volatile byte @Nullable [] listing;

    Containers(ApiVersion version) {
        json = new ContainerJson(version);
    }

    private static final class Entry {
        private final SimulatedContainer container;
        private volatile byte @Nullable [] inspect;
        private volatile @Nullable String row;

        private Entry(SimulatedContainer container) {
            this.container = container;
        }
    }

    void put(SimulatedContainer container) {
        byId.put(container.id(), new Entry(container));
        listing = null;
    }

    void remove(String id) {
        byId.remove(id);
        listing = null;
    }

    Optional<SimulatedContainer> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(entry -> entry.container);
    }

    Stream<SimulatedContainer> all() {
        return byId.values().stream().map(entry -> entry.container);
    }

    /** By ID, the beginning of one, or name. */
    Optional<byte[]> inspect(String reference) {
        Entry entry = byId.get(reference);
        return Optional.ofNullable(entry).or(() -> search(reference)).map(this::inspect);
    }

    /** The newest first. */
    byte[] listing(boolean all) {
        if (!all) {
            return rows(byId.values().stream()
                    .filter(entry -> entry.container.state().isAlive())
                    .toList());
        }
        byte[] made = listing;
        if (made == null) {
            made = rows(byId.values());
            listing = made;
        }
        return made;
    }

    private Optional<Entry> search(String reference) {
        boolean wholeId = reference.length() == 64;
        return wholeId
                ? Optional.empty()
                : byId.values().stream()
                        .filter(entry -> entry.container.name().equals(reference)
                                || entry.container.id().startsWith(reference))
                        .findFirst();
    }

    private byte[] inspect(Entry entry) {
        byte[] made = entry.inspect;
        if (made == null) {
            made = json.inspect(entry.container).getBytes(UTF_8);
            entry.inspect = made;
        }
        return made;
    }

    private byte[] rows(Collection<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.container.number())
                        .reversed())
                .map(this::row)
                .collect(Collectors.joining(",", "[", "]\n"))
                .getBytes(UTF_8);
    }

    private String row(Entry entry) {
        String made = entry.row;
        if (made == null) {
            made = json.row(entry.container);
            entry.row = made;
        }
        return made;
    }
}
