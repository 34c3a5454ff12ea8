package io.registrator.ops.explain;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.DerivedService;
import io.registrator.derive.LeftOut;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerPort;
import org.jspecify.annotations.Nullable;

/** One port of a container, and what became of it. */
public sealed interface PortExplanation {

    /** Null for a service declared without a port, and for a container that has none. */
    @Nullable
    ContainerPort port();

    /**
     * It gives a service.
     *
     * @param checks what the registry's agent found out; nothing where it has none
     */
    record Service(DerivedService derived, RegistryState state, ImmutableList<CheckResult> checks, Reach reach)
            implements PortExplanation {
        @Override
        public @Nullable ContainerPort port() {
            return derived.port();
        }
    }

    /** It gives none. */
    record NoService(LeftOut reason) implements PortExplanation {
        @Override
        public @Nullable ContainerPort port() {
            return reason.port();
        }
    }
}
