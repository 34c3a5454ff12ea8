package io.registrator.net.host;

import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.NetworkMode;
import io.registrator.model.Outcome;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;

/**
 * Whether we run in the network namespace in which the engine publishes ports. The first that shows something decides:
 *
 * <ol>
 *   <li>We are in a container that the engine knows: its network mode.
 *   <li>Our host's name is another than the engine's: not there, whatever looks alike; such an engine's socket was forwarded.
 *   <li>Who listens on the engine's socket has opened it in our namespace: there. Holds for Docker and Podman, also as a service
 *       without rights.
 *   <li>One of our interfaces has the host's address on the engine's default bridge: there. The contrary shows nothing: Podman
 *       has the bridge only while a container is on it.
 * </ol>
 *
 * What is left is a container's if an engine has marked it so, and else unknown. An engine that does not answer, or refuses,
 * shows nothing: that is the outcome.
 */
public final class NamespaceRule {
    /** More than one is not usual, and a circle not possible. */
    private static final int MOST_STEPS = 4;

    private final OwnProcess process;
    private final HostNetwork network;
    private final EngineEvidence engine;

    public NamespaceRule(OwnProcess process, HostNetwork network, EngineEvidence engine) {
        this.process = process;
        this.network = network;
        this.engine = engine;
    }

    /** Asks all that is needed. */
    public Outcome<Namespace> find() {
        Optional<ContainerId> container = process.container();
        return container.isPresent() ? inContainer(container.get()) : onMachine(process.isMarkedAsContainer());
    }

    private Outcome<Namespace> inContainer(ContainerId id) {
        ContainerId holder = id;
        for (int step = 0; step < MOST_STEPS; step++) {
            switch (engine.container(holder)) {
                case Outcome.Failed<Optional<ContainerSnapshot>>(Failure why) -> {
                    return failed(why, "GET /containers/" + holder + "/json");
                }
                case Outcome.Success<Optional<ContainerSnapshot>>(var found) -> {
                    if (found.isEmpty()) {
                        return onMachine(true);
                    }
                    NetworkMode mode = found.get().networkMode();
                    Optional<String> shared = mode.sharedContainer();
                    if (shared.isEmpty()) {
                        return Outcome.success(of(found.get()));
                    }
                    holder = new ContainerId(shared.get());
                }
            }
        }
        return onMachine(true);
    }

    private static Namespace of(ContainerSnapshot holder) {
        return holder.networkMode().isHost()
                ? new Namespace(
                        Namespace.Kind.HOST, "the engine has container " + holder.name() + " on the host's network")
                : new Namespace(Namespace.Kind.CONTAINER, "it is that of container " + holder.name());
    }

    private Outcome<Namespace> onMachine(boolean isContainer) {
        String ours = process.hostName();
        if (!ours.isEmpty() && !ours.equals(engine.hostName())) {
            return Outcome.success(elsewhere(
                    isContainer, "the name here is '" + ours + "', and the engine's '" + engine.hostName() + "'"));
        }
        if (engine.socket() != null && process.isOpenedHere(engine.socket())) {
            return Outcome.success(new Namespace(Namespace.Kind.HOST, "the engine's socket was opened in it"));
        }
        return switch (engine.bridgeGateways()) {
            case Outcome.Failed<ImmutableSet<InetAddress>>(Failure why) -> failed(why, "GET /networks/bridge");
            case Outcome.Success<ImmutableSet<InetAddress>>(var gateways) ->
                Outcome.success(
                        Collections.disjoint(network.ownAddresses(), gateways)
                                ? elsewhere(
                                        isContainer, "neither the engine's socket nor its default bridge is seen in it")
                                : new Namespace(Namespace.Kind.HOST, "the engine's default bridge is in it"));
        };
    }

    private static Namespace elsewhere(boolean isContainer, String because) {
        return new Namespace(isContainer ? Namespace.Kind.CONTAINER : Namespace.Kind.UNKNOWN, because);
    }

    /** A refusal is most likely that of a proxy before the engine. */
    private static Outcome<Namespace> failed(Failure why, String request) {
        return Outcome.failed(
                why instanceof Failure.Rejected no
                        ? new Failure.Rejected(
                                no.status(), no.message() + " to " + request + ", which has to be allowed")
                        : why);
    }
}
