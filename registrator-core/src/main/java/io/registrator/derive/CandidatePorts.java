package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the ports that may become services: the exposed ones, and in the host's network, where nothing needs to be
 * exposed, those that have a name. A container that has none of them may declare one with {@code SERVICE_PORT}.
 */
final class CandidatePorts {
    private final ContainerSnapshot container;
    private final Metadata metadata;
    private final Problems problems;

    CandidatePorts(ContainerSnapshot container, Metadata metadata, Problems problems) {
        this.container = container;
        this.metadata = metadata;
        this.problems = problems;
    }

    ImmutableList<Candidate> in(NetworkStack stack) {
        ImmutableSortedSet<ContainerPort> ports = ports(stack);
        Optional<Attribute> declared = metadata.forContainer("port");
        if (ports.isEmpty()) {
            return declared.flatMap(this::declared).stream().collect(toImmutableList());
        }
        declared.filter(attribute -> !names(attribute, ports)).ifPresent(this::warnThatPortIsNoOverride);
        return ports.stream()
                .map(port -> Candidate.of(container, port, metadata))
                .collect(toImmutableList());
    }

    private ImmutableSortedSet<ContainerPort> ports(NetworkStack stack) {
        TreeSet<ContainerPort> ports = new TreeSet<>(container.exposedPorts());
        ports.addAll(container.bindings().keySet());
        if (stack instanceof NetworkStack.Held held) {
            metadata.named(ports).stream().filter(held::opens).forEach(ports::add);
        }
        return ImmutableSortedSet.copyOf(ports);
    }

    private Optional<Candidate> declared(Attribute attribute) {
        return new AttributeReader(metadata.forContainer()::given, problems)
                .number(attribute, 0, 65_535)
                .map(number -> number == 0
                        ? Candidate.withoutPort(container, metadata)
                        : Candidate.of(container, ContainerPort.tcp(number), metadata));
    }

    private static boolean names(Attribute attribute, ImmutableSortedSet<ContainerPort> ports) {
        String number = attribute.value().strip();
        return ports.stream().anyMatch(port -> String.valueOf(port.number()).equals(number));
    }

    private void warnThatPortIsNoOverride(Attribute attribute) {
        problems.warning(
                attribute.key(),
                attribute.shown() + " changes no port's number: it declares the port of a container that exposes none;"
                        + " leave it out here");
    }
}
