package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.Splitter;
import io.registrator.model.ServiceDefinition;
import java.util.List;

/** Whatever is written into labels and environment: services come of it, or problems; never an exception. */
class DerivationFuzzTest {
    private static final Splitter LINES = Splitter.on('\n');
    private static final String LABEL = "label ";

    /** A line is an environment entry, or a label behind the word. */
    @FuzzTest(maxDuration = "10m")
    void derives(byte[] input) {
        List<String> lines = LINES.splitToList(new String(input, UTF_8));
        ContainerDerivation derivation = derive(settings().allowScriptChecks(true), container(lines));

        assertThat(derive(settings().allowScriptChecks(true), container(lines))).isEqualTo(derivation);
        derivation.services().forEach(service -> assertUsable(service.definition()));
    }

    /** What a registry takes. */
    private static void assertUsable(ServiceDefinition service) {
        assertThat(service.meta()).hasSizeLessThanOrEqualTo(64);
        assertThat(service.address()).isNotEqualTo("0.0.0.0").isNotEqualTo("::");
        assertThat(service.meta().values())
                .allSatisfy(value -> assertThat(value.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(512));
    }

    private static ContainerBuilder container(List<String> lines) {
        ContainerBuilder container = published();
        container.env(lines.stream().filter(line -> !line.startsWith(LABEL)).toArray(String[]::new));
        lines.stream()
                .filter(line -> line.startsWith(LABEL) && line.contains("="))
                .forEach(line -> container.label(
                        line.substring(LABEL.length(), line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return container;
    }
}
