package io.registrator.registry.consul;

import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Writes a service's entry and our record of it together or not at all, and only if both are still as they were when it was
 * decided.
 */
final class KvWriter {
    private final KvApi api;
    private final KvLayout layout;
    private final KvTrees trees;

    KvWriter(KvApi api, KvLayout layout, KvTrees trees) {
        this.api = api;
        this.layout = layout;
        this.trees = trees;
    }

    Done register(ServiceDefinition service, Predicate<Optional<ObservedService>> expected) throws IOException {
        ServiceId id = service.id();
        KvLayout.Entry entry = layout.entry(service);
        KvRecord record = KvRecord.of(service, entry);
        Optional<KvTrees.Held> before = trees.record(id);
        insistThatItIsNobodyElses(id, entry.key());
        List<KvOperation> operations = new ArrayList<>();
        operations.add(KvOperation.write(entry.key(), entry.value(), trees.entryIndex(entry.key())));
        operations.add(KvOperation.write(
                trees.recordKey(id),
                record.json(),
                before.map(KvTrees.Held::index).orElse(0L)));
        before.map(held -> held.record().key())
                .or(() -> trees.foreignKey(id))
                .filter(old -> !old.equals(entry.key()) && trees.entryIndex(old) != 0)
                .filter(old -> !trees.isClaimedByAnother(old, id))
                .ifPresent(old -> operations.add(KvOperation.remove(old, trees.entryIndex(old))));
        // After the indices: what a listing changes from here on fails the transaction.
        if (!expected.test(trees.service(id))) {
            return Done.SKIPPED;
        }
        trees.wrote(record, api.transact(operations).orElseThrow(() -> changed(entry.key())));
        return Done.APPLIED;
    }

    /** Where IDs cannot be told from keys, an entry without a record is not ours and stays. */
    private void insistThatItIsNobodyElses(ServiceId id, String key) throws RefusedException {
        boolean known =
                trees.record(id).filter(held -> held.record().key().equals(key)).isPresent()
                        || trees.isClaimedByAnother(key, id)
                        || trees.foreignKey(id).filter(key::equals).isPresent();
        if (trees.entryIndex(key) != 0 && !known) {
            throw new RefusedException(
                    "service " + id + ": the key " + key + " is somebody else's; remove it if nobody needs it",
                    HttpStatus.SC_CONFLICT,
                    "");
        }
    }

    Done deregister(ServiceId id, Predicate<ObservedService> expected) throws IOException {
        Optional<KvPair> recordNow = api.pair(trees.recordKey(id));
        Optional<KvRecord> record = recordNow.flatMap(pair -> KvRecord.parse(pair.value()));
        Optional<String> entryKey = record.map(KvRecord::key).or(() -> trees.foreignKey(id));
        Optional<KvPair> entry = entryKey.isPresent() ? api.pair(entryKey.get()) : Optional.empty();
        Optional<ObservedService> seen = record.map(
                        found -> found.observed(entry.map(KvPair::value).orElse(null)))
                .or(() -> entry.flatMap(found -> layout.foreign(found.key(), found.value())));
        if (seen.isPresent() && !expected.test(seen.get())) {
            return Done.SKIPPED;
        }
        Optional<KvPair> ownEntry = entry.filter(found -> !trees.isClaimedByAnother(found.key(), id));
        List<KvOperation> operations = Stream.concat(
                        ownEntry.stream(), recordNow.filter(found -> record.isPresent()).stream())
                .map(found -> KvOperation.remove(found.key(), found.index()))
                .toList();
        // What cannot be read looks like what is not there.
        List<KvOperation> orAbsence =
                operations.isEmpty() ? List.of(KvOperation.insistOnAbsence(trees.recordKey(id))) : operations;
        var unused = api.transact(orAbsence).orElseThrow(() -> changed(trees.recordKey(id)));
        trees.removed(id, ownEntry.map(KvPair::key).orElse(""));
        return Done.APPLIED;
    }

    private static IOException changed(String key) {
        return new IOException("somebody else changed " + key + " meanwhile");
    }
}
