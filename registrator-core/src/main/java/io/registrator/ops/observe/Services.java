package io.registrator.ops.observe;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.model.CheckDefinition;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.OwnerMark;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far each service has come that we want or have, by its ID. Not thread-safe. */
final class Services {
    private final InstantSource clock;
    private final Map<ServiceId, Entry> entries = new HashMap<>();

    /** What the registry has, as far as we know. */
    private final Map<ServiceId, ObservedService> observed = new HashMap<>();

    /** What we wrote or found to be right, which says more than what a registry shows. */
    private final Map<ServiceId, ServiceDefinition> written = new HashMap<>();

    Services(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One service.
     *
     * @param container that it is for, as far as we know
     */
    record Entry(
            ObservedService shown,
            ImmutableList<String> checks,
            @Nullable ContainerRef container,
            ServiceState state,
            String why,
            Instant since) {

        ServiceStatus status(@Nullable ContainerPort port) {
            return new ServiceStatus(
                    shown.id(), port, shown.name(), shown.where(), shown.tags(), checks, state, why, since);
        }

        Entry in(ServiceState other, String because, Instant at) {
            return new Entry(shown, checks, container, other, because, other == state ? since : at);
        }

        boolean isOf(ContainerRef other) {
            return container != null && container.id().equals(other.id());
        }
    }

    static ImmutableList<String> checks(ServiceDefinition definition) {
        return definition.checks().stream().map(CheckDefinition::name).collect(toImmutableList());
    }

    /** A container gives this service: new, unless it is known already. */
    void wanted(ServiceDefinition definition) {
        Entry before = entries.get(definition.id());
        if (before == null || !before.isOf(definition.container()) || before.state() == ServiceState.REMOVING) {
            put(definition, ServiceState.PENDING, "to be written");
        }
    }

    /** Its container does not give it any more. */
    void unwanted(ServiceId id) {
        if (observed.containsKey(id)) {
            move(id, ServiceState.REMOVING, "its container does not give it any more");
        } else {
            remove(id);
        }
    }

    /** Those that no container gives are forgotten once the registry does not have them either. */
    void retain(Set<ServiceId> given) {
        entries.keySet().removeIf(id -> !given.contains(id) && !observed.containsKey(id));
    }

    void put(ServiceDefinition definition, ServiceState state, String why) {
        Entry before = entries.get(definition.id());
        Instant since = before != null && before.state() == state ? before.since() : clock.instant();
        entries.put(
                definition.id(),
                new Entry(definition.asObserved(), checks(definition), definition.container(), state, why, since));
    }

    /** Changes the state of a service that is known. */
    void move(ServiceId id, ServiceState state, String why) {
        entries.computeIfPresent(id, (same, entry) -> entry.in(state, why, clock.instant()));
    }

    /** A service that no container gives, but that is there. */
    void putOrphan(ObservedService service, ServiceState state, String why) {
        Entry before = entries.get(service.id());
        ContainerRef container = before == null ? markedFor(service) : before.container();
        entries.put(service.id(), new Entry(service, ImmutableList.of(), container, state, why, clock.instant()));
    }

    Entry pending(ServiceDefinition definition) {
        return new Entry(
                definition.asObserved(),
                checks(definition),
                definition.container(),
                ServiceState.PENDING,
                "to be written",
                clock.instant());
    }

    private static @Nullable ContainerRef markedFor(ObservedService service) {
        return OwnerMark.in(service.meta())
                .map(mark -> new ContainerRef(mark.container(), "unknown"))
                .orElse(null);
    }

    void remove(ServiceId id) {
        entries.remove(id);
    }

    Optional<Entry> get(ServiceId id) {
        return Optional.ofNullable(entries.get(id));
    }

    Collection<Entry> all() {
        return entries.values();
    }

    // What the registry has.

    void listed(Map<ServiceId, ObservedService> rows) {
        observed.clear();
        observed.putAll(rows);
        written.keySet().retainAll(rows.keySet());
    }

    void has(ServiceDefinition definition) {
        ObservedService before = observed.get(definition.id());
        observed.put(
                definition.id(), definition.asObserved().inMaintenance(before == null ? null : before.maintenance()));
        written.put(definition.id(), definition);
    }

    /** It is in maintenance for this reason; null: not any more. */
    void maintained(ServiceDefinition definition, @Nullable String reason) {
        has(definition);
        observed.put(definition.id(), definition.asObserved().inMaintenance(reason));
    }

    void hasNot(ServiceId id) {
        observed.remove(id);
        written.remove(id);
    }

    /** Why the registry has it out of service; empty when it does not. */
    Optional<String> maintenance(ServiceId id) {
        return observed(id).map(ObservedService::maintenance);
    }

    Optional<ObservedService> observed(ServiceId id) {
        return Optional.ofNullable(observed.get(id));
    }

    /** What the registry has under this ID, in words. */
    @Nullable
    String before(ServiceId id) {
        ObservedService now = observed.get(id);
        ServiceDefinition ours = written.get(id);
        if (now == null) {
            return null;
        }
        return ours != null && ours.asObserved().equals(now.inMaintenance(null))
                ? DisplayText.of(ours)
                : DisplayText.of(now);
    }
}
