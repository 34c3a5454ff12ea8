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
    private final Map<ServiceId, Failure> lostAnswers = new HashMap<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();
    private final boolean knowsMaintenance;
    private @Nullable Runnable whileListing;
    private @Nullable AssertionError broken;
    private @Nullable Failure outage;
    private int listings;

    FaultyRegistry(ServiceRegistry inner) {
        this(inner, inner.knowsMaintenance());
    }

    /** One that may know nothing of maintenance, whatever the other knows. */
    FaultyRegistry(ServiceRegistry inner, boolean knowsMaintenance) {
        this.inner = inner;
        this.knowsMaintenance = knowsMaintenance;
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

    /** From now on registrations of this service arrive, but seem to fail so; null: they work again. */
    void loseAnswers(String id, @Nullable Failure failure) {
        if (failure == null) {
            lostAnswers.remove(new ServiceId(id));
        } else {
            lostAnswers.put(new ServiceId(id), failure);
        }
    }

    /**
     * Runs once, while the next write that is written so in {@link #writes} is under way, before it arrives. What it asserts
     * holds: {@link #failIfBroken}.
     */
    void during(String write, Runnable happens) {
        meanwhile.put(write, happens);
    }

    /** Runs once, while the next listing is under way, which does not show any more what this changes. */
    void duringListing(Runnable happens) {
        whileListing = happens;
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
        Outcome<ImmutableMap<ServiceId, ObservedService>> rows = inner.list();
        Runnable happens = whileListing;
        whileListing = null;
        happen(happens);
        return outage == null ? rows : Outcome.failed(outage);
    }

    @Override
    public Outcome<Done> register(
            ServiceDefinition definition, Condition condition, Predicate<Optional<ObservedService>> expected) {
        written("+" + definition.id());
        conditions.put(definition.id(), condition);
        Failure failure = failure(definition.id());
        if (failure != null) {
            return Outcome.failed(failure);
        }
        Outcome<Done> outcome = inner.register(definition, condition, expected);
        Failure lost = lostAnswers.get(definition.id());
        return lost == null ? outcome : Outcome.failed(lost);
    }

    @Override
    public Outcome<Done> deregister(ServiceId id, Predicate<ObservedService> expected) {
        written("-" + id);
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
        return knowsMaintenance;
    }

    @Override
    public Outcome<Done> maintain(
            ServiceDefinition definition, @Nullable String reason, Predicate<Optional<String>> expected) {
        written((reason == null ? "<" : ">") + definition.id());
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

    private void written(String write) {
        writes.add(write);
        happen(meanwhile.remove(write));
    }

    /** The loop takes whatever a request throws for the request's failure, so it is kept for the test. */
    private void happen(@Nullable Runnable happens) {
        if (happens == null) {
            return;
        }
        try {
            happens.run();
        } catch (AssertionError error) {
            broken = error;
        }
    }

    /** Throws what was asserted in vain while a request was under way. */
    void failIfBroken() {
        if (broken != null) {
            throw broken;
        }
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
