package io.registrator.derive;

import io.registrator.model.ContainerPort;
import org.jspecify.annotations.Nullable;

/** What becomes of one candidate port: a service, or a reason why not. */
public sealed interface PortOutcome permits DerivedService, LeftOut {

    /** Null for what is not about one port: a service declared without one, a container that has none. */
    @Nullable
    ContainerPort port();
}
