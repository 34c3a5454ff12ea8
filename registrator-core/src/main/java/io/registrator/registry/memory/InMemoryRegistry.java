package io.registrator.registry.memory;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps services in memory, and shows them as a Consul agent would. It never fails. */
public final class InMemoryRegistry implements ServiceRegistry {
    private final ConcurrentMap<ServiceId, ObservedService> services = new ConcurrentSkipListMap<>();

    @Override
    public Outcome<ImmutableMap<ServiceId, ObservedService>> list() {
        return Outcome.success(ImmutableMap.copyOf(services));
    }

    @Override
    public Outcome<Done> register(
            ServiceDefinition definition, Condition condition, Predicate<Optional<ObservedService>> expected) {
        AtomicBoolean applied = new AtomicBoolean();
        services.compute(definition.id(), (id, before) -> {
            applied.set(expected.test(Optional.ofNullable(before)));
            return applied.get()
                    ? observed(definition).inMaintenance(before == null ? null : before.maintenance())
                    : before;
        });
        return Outcome.success(applied.get() ? Done.APPLIED : Done.SKIPPED);
    }

    @Override
    public Outcome<Done> deregister(ServiceId id, Predicate<ObservedService> expected) {
        ObservedService left = services.computeIfPresent(id, (same, seen) -> expected.test(seen) ? null : seen);
        return Outcome.success(left == null ? Done.APPLIED : Done.SKIPPED);
    }

    @Override
    public Outcome<Done> heartbeat(ServiceDefinition definition, Condition condition) {
        return Outcome.success(services.containsKey(definition.id()) ? Done.APPLIED : Done.SKIPPED);
    }

    @Override
    public boolean knowsMaintenance() {
        return true;
    }

    @Override
    public Outcome<Done> maintain(
            ServiceDefinition definition, @Nullable String reason, Predicate<Optional<String>> expected) {
        AtomicBoolean applied = new AtomicBoolean();
        services.computeIfPresent(definition.id(), (id, seen) -> {
            applied.set(expected.test(Optional.ofNullable(seen.maintenance())));
            return applied.get() ? seen.inMaintenance(reason) : seen;
        });
        return Outcome.success(applied.get() ? Done.APPLIED : Done.SKIPPED);
    }

    /** Never hints: nobody but its caller writes here. */
    @Override
    public void watch(Runnable hint) {}

    @Override
    public void close() {}

    private static ObservedService observed(ServiceDefinition definition) {
        return new ObservedService(
                definition.id(),
                definition.name(),
                definition.tags(),
                definition.address(),
                definition.port(),
                definition.furtherAddresses(),
                definition.meta(),
                definition.weights(),
                definition.enableTagOverride());
    }
}
