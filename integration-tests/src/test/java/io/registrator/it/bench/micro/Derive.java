package io.registrator.it.bench.micro;

import com.google.common.collect.ImmutableMap;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerSnapshot;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A container → its services. */
@State(Scope.Benchmark)
public class Derive {
    private static final int MANY = 200;
    private static final String TEMPLATE =
            "{{.Name}},{{range $name, $label := .Config.Labels}}{{toUpper $name}}={{$label}},{{end}}";

    private final Deriver deriver = new Deriver(settings());
    private final ContainerSnapshot plain = Containers.plain();
    private final ContainerSnapshot labelled = Containers.labelled(labels());
    private final ContainerSnapshot templated = Containers.labelled(ImmutableMap.of("SERVICE_TAGS_TEMPLATE", TEMPLATE));

    /** Fails where it would measure how trouble is told. */
    public Derive() {
        insistOnServices(plain);
        insistOnServices(labelled);
        insistOnServices(templated);
    }

    static DerivationSettings settings() {
        return DerivationSettingsBuilder.of("bench", "192.0.2.7").build();
    }

    @Benchmark
    public ContainerDerivation plain() {
        return derive(plain);
    }

    /** Fifty of 200 labels give a service an entry of its meta. */
    @Benchmark
    public ContainerDerivation manyLabels() {
        return derive(labelled);
    }

    /** A container's own template, which is parsed each time. */
    @Benchmark
    public ContainerDerivation tagTemplate() {
        return derive(templated);
    }

    private ContainerDerivation derive(ContainerSnapshot container) {
        return deriver.derive(container, reference -> Optional.empty());
    }

    private void insistOnServices(ContainerSnapshot container) {
        ContainerDerivation derivation = derive(container);
        if (derivation.services().isEmpty() || !derivation.problems().isEmpty()) {
            throw new IllegalStateException(derivation.toString());
        }
    }

    private static ImmutableMap<String, String> labels() {
        ImmutableMap.Builder<String, String> labels = ImmutableMap.builder();
        for (int i = 0; i < MANY; i++) {
            labels.put((i % 4 == 0 ? "SERVICE_80_KEY" : "com.example.key") + i, "value " + i);
        }
        return labels.buildOrThrow();
    }
}
