package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there was when last listed, with our own writes since: the entries that readers read, and our records of them. Every
 * write is made against the indices here, so that it fails when somebody else was faster. Safe for use by several threads.
 */
final class KvTrees {
    private final KvLayout layout;
    private final String recordPrefix;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<ServiceId, Held> records = new HashMap<>();

    /** The value of an entry, and the index of its last change. */
    private record Entry(String value, long index) {}

    /** A record, and the index of its last change. */
    record Held(KvRecord record, long index) {}

    /** @param recordPrefix ends in a slash */
    KvTrees(KvLayout layout, String recordPrefix) {
        this.layout = layout;
        this.recordPrefix = recordPrefix;
    }

    String recordKey(ServiceId id) {
        return recordPrefix + id;
    }

    /** Takes in a listing, and says which services it shows. */
    synchronized ImmutableMap<ServiceId, ObservedService> listed(
            ImmutableMap<String, KvPair> entryTree, ImmutableMap<String, KvPair> recordTree) {
        entries.clear();
        records.clear();
        entryTree.forEach((key, pair) -> entries.put(key, new Entry(pair.value(), pair.index())));
        recordTree.forEach((key, pair) -> KvRecord.parse(pair.value())
                .filter(record -> key.equals(recordPrefix + record.id()))
                .ifPresent(record -> records.put(new ServiceId(record.id()), new Held(record, pair.index()))));
        Map<ServiceId, ObservedService> services = new HashMap<>();
        Set<String> claimed = claimedKeys();
        entryTree.forEach((key, pair) -> {
            if (!claimed.contains(key)) {
                layout.foreign(key, pair.value()).ifPresent(service -> services.put(service.id(), service));
            }
        });
        records.forEach((id, held) -> services.put(id, observed(held.record())));
        return ImmutableMap.copyOf(services);
    }

    /** The index of an entry; 0 when it is not there. */
    synchronized long entryIndex(String key) {
        return entry(key).map(Entry::index).orElse(0L);
    }

    /** The service that has this ID, whoever's. */
    synchronized Optional<ObservedService> service(ServiceId id) {
        return record(id)
                .map(held -> observed(held.record()))
                .or(() -> foreignKey(id)
                        .filter(key -> !isClaimedByAnother(key, id))
                        .flatMap(key -> entry(key).flatMap(entry -> layout.foreign(key, entry.value()))));
    }

    private ObservedService observed(KvRecord record) {
        return record.observed(entry(record.key()).map(Entry::value).orElse(null));
    }

    private Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized Optional<Held> record(ServiceId id) {
        return Optional.ofNullable(records.get(id));
    }

    /** Whether another service's record claims this entry. */
    synchronized boolean isClaimedByAnother(String key, ServiceId id) {
        return records.values().stream()
                .map(Held::record)
                .anyMatch(record -> record.key().equals(key) && !record.id().equals(id.value()));
    }

    /** Somebody else's entry for this service. */
    synchronized Optional<String> foreignKey(ServiceId id) {
        return layout.foreignKey(id, entries.keySet());
    }

    synchronized void wrote(KvRecord record, ImmutableMap<String, Long> indices) {
        ServiceId id = new ServiceId(record.id());
        Held before = records.get(id);
        if (before != null && !before.record().key().equals(record.key())) {
            entries.remove(before.record().key());
        }
        entries.put(record.key(), new Entry(record.value(), indices.getOrDefault(record.key(), 0L)));
        records.put(id, new Held(record, indices.getOrDefault(recordKey(id), 0L)));
    }

    synchronized void removed(ServiceId id, String entryKey) {
        records.remove(id);
        entries.remove(entryKey);
    }

    /** Whether the entries are as we know them. */
    synchronized boolean areEntries(ImmutableMap<String, KvPair> now) {
        return now.size() == entries.size()
                && now.values().stream().allMatch(pair -> entryIndex(pair.key()) == pair.index());
    }

    private Set<String> claimedKeys() {
        return records.values().stream().map(held -> held.record().key()).collect(ImmutableSet.toImmutableSet());
    }
}
