package io.registrator.derive;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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

        /**
         * The networks in the order in which they count: the one that the container was created on, then the default
         * bridge, then by name. So nothing that is connected to a running container later takes its service elsewhere.
         */
        ImmutableMap<String, NetworkEndpoint> networks() {
            ImmutableSortedMap<String, NetworkEndpoint> all = holder.networks();
            return Stream.concat(
                            Stream.of(holder.networkMode().network(), NetworkMode.DEFAULT_BRIDGE)
                                    .filter(all::containsKey),
                            all.keySet().stream())
                    .distinct()
                    .collect(toImmutableMap(Function.identity(), name -> Objects.requireNonNull(all.get(name))));
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
