package io.registrator.derive;

import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whose networks and published ports a container has: its own, or those of the container that it shares them with. */
sealed interface NetworkStack {

    /**
     * The container that holds the networks.
     *
     * @param shared whether it is another one than the container in question
     */
    record Held(ContainerSnapshot holder, boolean shared) implements NetworkStack {
        boolean isHost() {
            return holder.networkMode().isHost();
        }

        /** Whether a port needs no EXPOSE of the container in question to be reached. */
        boolean opens(ContainerPort port) {
            return isHost() || (shared && holder.bindings().containsKey(port));
        }
    }

    /** The container that should hold them is not there. */
    record Missing(String reference) implements NetworkStack {}

    /** Follows {@code network_mode: container:X} to its end. */
    static NetworkStack of(ContainerSnapshot container, Function<String, Optional<ContainerSnapshot>> containers) {
        Set<String> seen = new HashSet<>();
        ContainerSnapshot holder = container;
        while (true) {
            Optional<String> next = holder.networkMode().sharedContainer();
            if (next.isEmpty()) {
                return new Held(holder, !seen.isEmpty());
            }
            Optional<ContainerSnapshot> found = seen.add(next.get()) ? containers.apply(next.get()) : Optional.empty();
            if (found.isEmpty()) {
                return new Missing(next.get());
            }
            holder = found.get();
        }
    }
}
