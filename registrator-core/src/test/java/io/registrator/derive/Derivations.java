package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ServiceDefinition;
import java.util.Optional;

/** Short ways to derive in tests. */
final class Derivations {
    static final String HOST = "10.11.12.13";

    private Derivations() {}

    static DerivationSettingsBuilder settings() {
        return DerivationSettingsBuilder.of("node-1", HOST).defaultTcpCheck(false);
    }

    static ContainerDerivation derive(ContainerBuilder container, ContainerSnapshot... others) {
        return derive(settings(), container, others);
    }

    static ContainerDerivation derive(
            DerivationSettingsBuilder settings, ContainerBuilder container, ContainerSnapshot... others) {
        ImmutableList<ContainerSnapshot> known = ImmutableList.copyOf(others);
        return new Deriver(settings.build()).derive(container.build(), reference -> find(known, reference));
    }

    /** The services, by their order. */
    static ImmutableList<ServiceDefinition> services(ContainerDerivation derivation) {
        return derivation.services().stream().map(DerivedService::definition).collect(toImmutableList());
    }

    /** The only service. */
    static ServiceDefinition service(ContainerDerivation derivation) {
        assertThat(derivation.services()).as("%s", derivation).hasSize(1);
        return derivation.services().getFirst().definition();
    }

    static ServiceDefinition service(ContainerBuilder container) {
        return service(derive(container));
    }

    /** Why the only candidate port, or the container, gives no service. */
    static LeftOut leftOut(ContainerDerivation derivation) {
        assertThat(derivation.services()).isEmpty();
        assertThat(derivation.leftOut()).hasSize(1);
        return derivation.leftOut().getFirst();
    }

    static ImmutableList<String> errors(ContainerDerivation derivation) {
        return messages(derivation, Problem.Severity.ERROR);
    }

    static ImmutableList<String> warnings(ContainerDerivation derivation) {
        return messages(derivation, Problem.Severity.WARNING);
    }

    private static ImmutableList<String> messages(ContainerDerivation derivation, Problem.Severity severity) {
        return derivation.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::message)
                .collect(toImmutableList());
    }

    private static Optional<ContainerSnapshot> find(ImmutableList<ContainerSnapshot> known, String reference) {
        return known.stream()
                .filter(container -> container.id().value().equals(reference)
                        || container.name().equals(reference))
                .findFirst();
    }
}
