package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerPort;
import io.registrator.model.PortBinding;

/**
 * Says how a port is reached. {@code -internal} decides, and {@code SERVICE_INTERNAL} over it; in published mode a port
 * needs a binding. Two kinds have no binding and yet an address that answers: those in another container's network,
 * registered with that container's address as by gliderlabs/registrator, and those declared with {@code SERVICE_PORT}.
 */
final class ExposureRule {
    private final DerivationSettings settings;
    private final NetworkStack.Held stack;

    ExposureRule(DerivationSettings settings, NetworkStack.Held stack) {
        this.settings = settings;
        this.stack = stack;
    }

    Exposure exposure(Candidate candidate) {
        boolean internal = candidate.reader().yes("internal", settings.rules().internal());
        if (stack.isHost()) {
            return new Exposure.HostNetwork();
        }
        if (internal) {
            return new Exposure.Own();
        }
        ContainerPort port = candidate.port();
        return port == null ? new Exposure.HostNetwork() : published(candidate, port);
    }

    private Exposure published(Candidate candidate, ContainerPort port) {
        ImmutableList<PortBinding> bindings = stack.holder().bindings().getOrDefault(port, ImmutableList.of());
        if (!bindings.isEmpty()) {
            return new Exposure.Published(BindingChoice.among(bindings));
        }
        boolean declared = !candidate.container().exposedPorts().contains(port);
        return stack.shared() || declared ? new Exposure.Own() : new Exposure.None();
    }
}
