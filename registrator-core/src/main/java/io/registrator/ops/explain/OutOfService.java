package io.registrator.ops.explain;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Maintenance;
import org.jspecify.annotations.Nullable;

/** Why a service is to be in maintenance, as one look at its container tells; that it is stopping, only events tell. */
final class OutOfService {
    private OutOfService() {}

    /** Null for not. */
    static @Nullable String because(ServiceDefinition service, @Nullable ContainerSnapshot container) {
        return container != null && container.state() == ContainerState.PAUSED
                ? Maintenance.paused(service.container())
                : null;
    }
}
