package io.registrator.reconcile;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A registry that fails on demand and remembers what was written. */
final class FaultyRegistry implements ServiceRegistry {
    private final ServiceRegistry inner;
    private final List<String> writes = new ArrayList<>();
    private final List<String> heartbeats = new ArrayList<>();
    private final Map<ServiceId, Condition> conditions = new HashMap<>();
    private final Map<ServiceId, Failure> failures = new HashMap<>();
    private final Set<ServiceId> skipped = new HashSet<>();
    private @Nullable Failure outage;
    private int listings;

    FaultyRegistry(ServiceRegistry inner) {
        this.inner = inner;
    }

    ServiceRegistry inner() {
        return inner;
    }

    /** From now on writes of this service fail so; null: they work again. */
    void fail(String id, @Nullable Failure failure) {
        if (failure == null) {
            failures.remove(new ServiceId(id));
        } else {
            failures.put(new ServiceId(id), failure);
        }
    }

    /** From now on deregistrations of this service find it other than expected. */
    void skip(String id) {
        skipped.add(new ServiceId(id));
    }

    /** From now on everything fails so; null: it works again. */
    void outage(@Nullable Failure failure) {
        outage = failure;
    }

    /** The writes that were tried: {@code +id}, {@code -id}, and {@code >id} and {@code <id} into maintenance and out of it. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    int listings() {
        return listings;
    }

    @Override
    public Outcome<ImmutableMap<ServiceId, ObservedService>> list() {
        listings++;
        return outage == null ? inner.list() : Outcome.failed(outage);
    }

    @Override
    public Outcome<Done> register(ServiceDefinition definition, Condition condition) {
        writes.add("+" + definition.id());
        conditions.put(definition.id(), condition);
        Failure failure = failure(definition.id());
        return failure == null ? inner.register(definition, condition) : Outcome.failed(failure);
    }

    @Override
    public Outcome<Done> deregister(ServiceId id, Predicate<ObservedService> expected) {
        writes.add("-" + id);
        if (skipped.contains(id)) {
            return Outcome.success(Done.SKIPPED);
        }
        Failure failure = failure(id);
        return failure == null ? inner.deregister(id, expected) : Outcome.failed(failure);
    }

    @Override
    public Outcome<Done> heartbeat(ServiceDefinition definition, Condition condition) {
        heartbeats.add(definition.id().value());
        conditions.put(definition.id(), condition);
        Failure failure = failure(definition.id());
        return failure == null ? inner.heartbeat(definition, condition) : Outcome.failed(failure);
    }

    @Override
    public boolean knowsMaintenance() {
        return inner.knowsMaintenance();
    }

    @Override
    public Outcome<Done> maintain(
            ServiceDefinition definition, @Nullable String reason, Predicate<Optional<String>> expected) {
        writes.add((reason == null ? "<" : ">") + definition.id());
        Failure failure = failure(definition.id());
        return failure == null ? inner.maintain(definition, reason, expected) : Outcome.failed(failure);
    }

    /** What was last said to be known of this service. */
    Condition condition(String id) {
        return Objects.requireNonNull(conditions.get(new ServiceId(id)));
    }

    /** The services that were said to be well, in order. */
    List<String> heartbeats() {
        return List.copyOf(heartbeats);
    }

    private @Nullable Failure failure(ServiceId id) {
        return outage == null ? failures.get(id) : outage;
    }

    @Override
    public void watch(Runnable hint) {
        inner.watch(hint);
    }

    @Override
    public void close() {
        inner.close();
    }
}
