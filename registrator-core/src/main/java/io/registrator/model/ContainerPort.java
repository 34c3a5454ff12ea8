package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Comparator;

/** A port inside a container, such as {@code 80/tcp}. Ordered by number, then protocol. */
public record ContainerPort(int number, Protocol protocol) implements Comparable<ContainerPort> {
    private static final Comparator<ContainerPort> ORDER =
            Comparator.comparingInt(ContainerPort::number).thenComparing(ContainerPort::protocol);

    public ContainerPort {
        checkArgument(number >= 1 && number <= 65_535, "port out of range: %s", number);
    }

    public static ContainerPort tcp(int number) {
        return new ContainerPort(number, Protocol.TCP);
    }

    public static ContainerPort udp(int number) {
        return new ContainerPort(number, Protocol.UDP);
    }

    @Override
    public int compareTo(ContainerPort other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return number + "/" + protocol.word();
    }
}
