package io.registrator.derive;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.ContainerPort;
import io.registrator.model.Lifecycle;
import io.registrator.model.ServiceDefinition;
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
        implements PortOutcome {}
