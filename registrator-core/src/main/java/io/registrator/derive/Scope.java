package io.registrator.derive;

import io.registrator.model.ContainerPort;
import java.util.Comparator;

/** The ports that a metadata key speaks of. Ordered from the least specific to the most. */
sealed interface Scope extends Comparable<Scope> {
    Comparator<Scope> ORDER = Comparator.comparingInt(Scope::rank)
            .thenComparing(Comparator.comparingInt(Scope::width).reversed())
            .thenComparing(Scope::toString);

    boolean covers(ContainerPort port);

    /** {@code SERVICE_X}. */
    record EveryPort() implements Scope {
        @Override
        public boolean covers(ContainerPort port) {
            return true;
        }
    }

    /** {@code SERVICE_8000-8010_X}. */
    record PortRange(int from, int to) implements Scope {
        @Override
        public boolean covers(ContainerPort port) {
            return port.number() >= from && port.number() <= to;
        }
    }

    /** {@code SERVICE_80_X}. */
    record OnePort(int number) implements Scope {
        @Override
        public boolean covers(ContainerPort port) {
            return port.number() == number;
        }
    }

    /** {@code SERVICE_53_UDP_X}. */
    record OnePortAndProtocol(ContainerPort only) implements Scope {
        @Override
        public boolean covers(ContainerPort port) {
            return port.equals(only);
        }
    }

    /** Written like a port key, with numbers that are no ports: {@code SERVICE_080_X}. */
    record NoPort() implements Scope {
        @Override
        public boolean covers(ContainerPort port) {
            return false;
        }
    }

    private int rank() {
        return switch (this) {
            case EveryPort every -> 0;
            case NoPort none -> 0;
            case PortRange range -> 1;
            case OnePort one -> 2;
            case OnePortAndProtocol one -> 3;
        };
    }

    private int width() {
        return this instanceof PortRange range ? range.to() - range.from() : 0;
    }

    @Override
    default int compareTo(Scope other) {
        return ORDER.compare(this, other);
    }
}
