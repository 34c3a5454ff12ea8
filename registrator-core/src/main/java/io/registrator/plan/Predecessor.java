package io.registrator.plan;

import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.Protocol;
import io.registrator.model.ServiceDefinition;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows what gliderlabs/registrator leaves in a registry: services without a mark, whose IDs are
 * {@code <host>:<container name>:<exposed port>}, with {@code :udp} for UDP, or whatever {@code SERVICE_ID} said.
 */
final class Predecessor {
    private static final Pattern NAME_AND_PORT = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]*):([0-9]{1,5})(:udp)?");

    private Predecessor() {}

    /** Whether this unmarked service is the one that a predecessor registered for the same container and port. */
    static boolean left(ObservedService observed, ServiceDefinition definition, String node) {
        String prefix = node + ":" + definition.container().name() + ":";
        return definition.id().value().startsWith(prefix) || sameEndpoint(observed, definition);
    }

    /** Whether a predecessor on this node could have registered it for some container. */
    static boolean mayHaveLeft(ObservedService observed, String node) {
        return parts(observed, node).isPresent();
    }

    /**
     * The container that runs and has the port for which a predecessor on this node could have registered it.
     *
     * @param byName finds a container
     */
    static Optional<ContainerSnapshot> runningFor(
            ObservedService observed, String node, Function<String, Optional<ContainerSnapshot>> byName) {
        return parts(observed, node)
                .flatMap(parts -> byName.apply(parts.group(1))
                        .filter(container -> container.state().isRunning() && hasPort(container, parts)));
    }

    /** A container of the same name that lacks the port has taken the place of the one that it was registered for. */
    private static boolean hasPort(ContainerSnapshot container, Matcher parts) {
        int number = Integer.parseInt(parts.group(2));
        return container.exposedPorts().stream()
                .filter(port -> port.number() == number)
                .map(ContainerPort::protocol)
                .anyMatch(protocol -> (protocol == Protocol.UDP) == (parts.group(3) != null));
    }

    private static Optional<Matcher> parts(ObservedService observed, String node) {
        String id = observed.id().value();
        if (!id.startsWith(node + ":")) {
            return Optional.empty();
        }
        Matcher matcher = NAME_AND_PORT.matcher(id.substring(node.length() + 1));
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /** An address that a container claims proves nothing: it might be that of somebody else's service. */
    private static boolean sameEndpoint(ObservedService observed, ServiceDefinition definition) {
        return !definition.claimsAddress()
                && observed.name().equals(definition.name())
                && observed.address().equals(definition.address())
                && observed.port() == definition.port();
    }
}
