package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What we know of the agent's services without asking: the last listing and our own writes since. It decides whether a
 * registration may be sent as it is or has to look first, so it says "absent" and "has these checks" only where that is
 * sure. Safe for use by several threads.
 */
final class KnownServices {
    private final Map<ServiceId, Entry> entries = new HashMap<>();
    private long clock;

    /** @param written null while we do not know which checks the service has */
    private record Entry(long time, @Nullable Written written) {}

    private record Written(ImmutableSet<String> checkIds, Map<String, String> meta) {
        boolean isStill(ObservedService seen) {
            return seen.meta().equals(meta);
        }
    }

    /** To be called before a listing is asked for; goes into {@link #listed}. */
    synchronized long beforeListing() {
        return clock++;
    }

    /** A listing came. Entries written since it was asked for stand. */
    synchronized void listed(long askedAt, ImmutableMap<ServiceId, ObservedService> services) {
        entries.entrySet()
                .removeIf(entry -> entry.getValue().time() <= askedAt && !services.containsKey(entry.getKey()));
        services.forEach((id, seen) -> entries.merge(
                id, new Entry(askedAt, null), (before, unsure) -> isCurrent(before, askedAt, seen) ? before : unsure));
    }

    /** A write has begun: until it is known to have succeeded, the service is there with checks unknown. */
    synchronized void writing(ServiceId id) {
        entries.put(id, new Entry(++clock, null));
    }

    synchronized void wrote(ServiceDefinition service, ImmutableSet<String> checkIds) {
        entries.put(service.id(), new Entry(++clock, new Written(checkIds, service.meta())));
    }

    synchronized void removed(ServiceId id) {
        entries.remove(id);
    }

    /** Whether the service has exactly these checks of ours. */
    synchronized boolean hasChecks(ServiceId id, ImmutableSet<String> checkIds) {
        Entry entry = entries.get(id);
        return entry != null
                && entry.written() != null
                && entry.written().checkIds().equals(checkIds);
    }

    /** Whether the service is there as far as we know. */
    synchronized boolean contains(ServiceId id) {
        return entries.containsKey(id);
    }

    private static boolean isCurrent(Entry entry, long askedAt, ObservedService seen) {
        return entry.time() > askedAt
                || (entry.written() != null && entry.written().isStill(seen));
    }
}
