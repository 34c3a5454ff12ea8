package io.registrator.derive;

import io.registrator.model.ContainerPort;
import io.registrator.model.Protocol;
import io.registrator.model.ServiceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Identifies a service: its ID attribute, else {@code <node>:<container>:<port>}, with {@code :udp} for UDP. */
final class IdRule {
    private static final String REMEDY =
            "use printable characters, with a slash only between two others, and no . or .." + " between slashes";

    private final DerivationSettings settings;

    IdRule(DerivationSettings settings) {
        this.settings = settings;
    }

    /** Empty where it cannot be an ID, which is an error. */
    Optional<Explained<ServiceId>> id(Candidate candidate) {
        return candidate
                .given("id")
                .map(attribute -> fromAttribute(candidate, attribute))
                .orElseGet(() -> ofPort(candidate));
    }

    private static Optional<Explained<ServiceId>> fromAttribute(Candidate candidate, Attribute id) {
        return ServiceId.isValid(id.value())
                ? Optional.of(new Explained<>(new ServiceId(id.value()), id.because()))
                : candidate.reader().wrong(id, "a usable service ID", REMEDY);
    }

    private Optional<Explained<ServiceId>> ofPort(Candidate candidate) {
        String id = settings.nodeId() + ":" + candidate.container().name() + suffix(candidate.port());
        if (ServiceId.isValid(id)) {
            return Optional.of(new Explained<>(new ServiceId(id), "node, container and port"));
        }
        String key = candidate.key(settings.rules().prefix(), "id");
        candidate.problems().error(key, "the container's name gives no usable service ID; set " + key);
        return Optional.empty();
    }

    /** The ID of the service for another binding of a port: it stays whatever other bindings there are. */
    static ServiceId ofBinding(ServiceId first, BindingChoice other) {
        return new ServiceId(first + ":" + other.text());
    }

    /** The ID of the service for a further name of a port. The word in it keeps it apart from those of bindings and of UDP. */
    static Optional<ServiceId> ofAlias(ServiceId first, String alias) {
        return Optional.of(first + ":alias:" + alias).filter(ServiceId::isValid).map(ServiceId::new);
    }

    private static String suffix(@Nullable ContainerPort port) {
        if (port == null) {
            return "";
        }
        return ":" + port.number() + (port.protocol() == Protocol.UDP ? ":udp" : "");
    }
}
