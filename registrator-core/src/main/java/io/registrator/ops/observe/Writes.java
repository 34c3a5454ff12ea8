package io.registrator.ops.observe;

import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What writes do to services, and to the journal. Not thread-safe. */
final class Writes {
    private final Services services;
    private final Containers containers;
    private final Journal journal;

    Writes(Services services, Containers containers, Journal journal) {
        this.services = services;
        this.containers = containers;
        this.journal = journal;
    }

    void applied(Decision.Action action) {
        String why = why(action);
        String before = services.before(action.id());
        switch (action) {
            case Decision.Register register -> {
                ServiceDefinition definition = register.definition();
                services.has(definition);
                services.put(definition, containers.stateInRegistry(definition), why);
                record(action, "registered", why, before, DisplayText.of(definition));
            }
            case Decision.Maintain maintain -> {
                ServiceDefinition definition = maintain.definition();
                services.maintained(definition, maintain.reason());
                services.put(
                        definition, containers.stateInRegistry(definition), containers.whyInRegistry(definition, why));
                record(action, maintain.reason() == null ? "in service" : "maintenance", why, null, null);
            }
            case Decision.Deregister deregister -> {
                record(action, "deregistered", why, DisplayText.of(deregister.observed()), null);
                services.hasNot(action.id());
                containers.withdrawn(action.id());
            }
        }
    }

    private static String why(Decision.Action action) {
        return switch (action) {
            case Decision.Register register -> DisplayText.of(register.why());
            case Decision.Maintain maintain -> Objects.requireNonNullElse(maintain.reason(), "its maintenance is over");
            case Decision.Deregister deregister -> DisplayText.of(deregister.why());
        };
    }

    /** @param told whether the journal is to have it */
    void failed(Decision.Action action, Failure why, boolean told) {
        ServiceState state = why instanceof Failure.Rejected ? ServiceState.REJECTED : ServiceState.FAILING;
        switch (action) {
            case Decision.Register register -> services.put(register.definition(), state, why.message());
            case Decision.Maintain maintain -> services.put(maintain.definition(), state, why.message());
            case Decision.Deregister deregister -> services.putOrphan(deregister.observed(), state, why.message());
        }
        if (told) {
            record(action, "cannot " + DisplayText.verb(action), why.message(), services.before(action.id()), null);
        }
    }

    private void record(
            Decision.Action action, String what, String why, @Nullable String before, @Nullable String after) {
        journal.service(containerOf(action), action.id().value(), what, why, before, after);
    }

    private @Nullable String containerOf(Decision.Action action) {
        return switch (action) {
            case Decision.Register register -> register.definition().container().toString();
            case Decision.Maintain maintain -> maintain.definition().container().toString();
            case Decision.Deregister deregister ->
                services.get(action.id())
                        .map(Services.Entry::container)
                        .map(ContainerRef::toString)
                        .or(() -> OwnerMark.in(deregister.observed().meta())
                                .map(mark -> containers.name(mark.container())))
                        .orElse(null);
        };
    }
}
