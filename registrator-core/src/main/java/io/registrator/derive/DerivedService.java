package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.registrator.model.CheckDefinition;
import io.registrator.model.ContainerPort;
import io.registrator.model.Lifecycle;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service of a container.
 *
 * @param port the container's port; null for a service declared without one
 * @param lifecycle when the service enters discovery and leaves it
 * @param because why each field is as it is: {@code name} → {@code label SERVICE_80_NAME, over env SERVICE_NAME};
 *     {@code meta.K} for a meta key, {@code check.NAME} for a check
 */
public record DerivedService(
        @Nullable ContainerPort port,
        ServiceDefinition definition,
        Lifecycle lifecycle,
        ImmutableMap<String, String> because)
        implements PortOutcome {
    private static final String CHECK = "check.";

    /** The same under another ID. */
    DerivedService under(ServiceId id, String reason) {
        return new DerivedService(
                port, definition.withId(id), lifecycle, with(Map.of("id", because.get("id") + ", and " + reason)));
    }

    /**
     * The same port under a further name.
     *
     * @param check null for none
     */
    DerivedService alias(ServiceId id, Explained<String> name, @Nullable CheckDefinition check) {
        ImmutableMap<String, String> reasons =
                with(Map.of("id", because.get("id") + ", and the alias", "name", name.because()));
        ImmutableMap.Builder<String, String> aliased = ImmutableMap.builder();
        reasons.forEach((field, reason) -> {
            if (!field.startsWith(CHECK)) {
                aliased.put(field, reason);
            }
        });
        if (check != null) {
            aliased.put(CHECK + check.name(), "the checks of " + definition.id());
        }
        ImmutableList<CheckDefinition> checks = check == null ? ImmutableList.of() : ImmutableList.of(check);
        return new DerivedService(port, definition.alias(id, name.value(), checks), lifecycle, aliased.buildOrThrow());
    }

    private ImmutableMap<String, String> with(Map<String, String> others) {
        return ImmutableMap.<String, String>builder()
                .putAll(because)
                .putAll(others)
                .buildKeepingLast();
    }
}
