package io.registrator.derive;

import com.google.common.base.Ascii;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Protocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A port of a container that may become a service, with what is said about it.
 *
 * @param port null for a service declared without a port
 */
record Candidate(ContainerSnapshot container, @Nullable ContainerPort port, Attributes attributes, Problems problems) {

    static Candidate of(ContainerSnapshot container, ContainerPort port, Metadata metadata) {
        return new Candidate(container, port, metadata.forPort(port), new Problems(container.ref(), port));
    }

    static Candidate withoutPort(ContainerSnapshot container, Metadata metadata) {
        return new Candidate(container, null, metadata.forContainer(), new Problems(container.ref(), null));
    }

    AttributeReader reader() {
        return new AttributeReader(attributes::given, problems);
    }

    Optional<Attribute> given(String attribute) {
        return attributes.given(attribute);
    }

    /** The port's number; 0 for none. */
    int number() {
        return port == null ? 0 : port.number();
    }

    boolean is(Protocol protocol) {
        return port != null && port.protocol() == protocol;
    }

    /** A key that concerns this port alone, for a message: {@code SERVICE_80_NAME}. */
    String key(String prefix, String attribute) {
        return prefix + (port == null ? "" : port.number() + "_") + Ascii.toUpperCase(attribute);
    }
}
