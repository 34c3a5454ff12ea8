package io.registrator.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.HealthReport;
import io.registrator.model.InspectDocument;
import io.registrator.testing.SnapshotBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The keys that mean something to us are the one list of {@link ControlAttributes}. What else speaks of keys is held to it
 * here: a new key needs a row of {@link #EXAMPLES} and a place in docs/services.md.
 */
class KeysTest {
    /** A value of each key that changes what is derived, with the other keys that it needs for that. */
    private static final ImmutableMap<String, String> EXAMPLES = ImmutableMap.<String, String>builder()
            .put("name", "other")
            .put("aliases", "other")
            .put("bindings", "all")
            .put("tags", "a,b")
            .put("tags_template", "{{.Name}}")
            .put("id", "my-id")
            .put("ignore", "true")
            .put("ip", "192.0.2.9")
            .put("network", "zeta INTERNAL=true")
            .put("internal", "true")
            .put("register_on", "start")
            .put("listen_timeout", "5s")
            .put("drain", "off")
            .put("drain_timeout", "20s")
            .put("docker_health", "mirror")
            .put("port", "8081")
            .put("token", "hunter2")
            .put("enable_tag_override", "true")
            .put("weight", "5")
            .put("weight_passing", "5")
            .put("weight_warning", "5")
            .put("check_http", "/")
            .put("check_https", "/")
            .put("check_cmd", "/bin/true")
            .put("check_script", "/bin/true")
            .put("check_docker", "/bin/true")
            .put("check_ttl", "30s")
            .put("check_ttl_heartbeat", "false CHECK_TTL=30s")
            .put("check_tcp", "false")
            .put("check_grpc", "true")
            .put("check_interval", "20s CHECK_HTTP=/")
            .put("check_timeout", "3s CHECK_HTTP=/")
            .put("check_http_method", "HEAD CHECK_HTTP=/")
            .put("check_https_method", "HEAD CHECK_HTTPS=/")
            .put("check_header", "X-Key:value CHECK_HTTP=/")
            .put("check_body", "{} CHECK_HTTP=/")
            .put("check_tls_skip_verify", "true CHECK_HTTPS=/")
            .put("check_tls_server_name", "web.example CHECK_HTTPS=/")
            .put("check_grpc_use_tls", "true CHECK_GRPC=true")
            .put("check_initial_status", "passing CHECK_HTTP=/")
            .put("check_deregister_after", "90s CHECK_HTTP=/")
            .put("check_success_before_passing", "2 CHECK_HTTP=/")
            .put("check_failures_before_critical", "3 CHECK_HTTP=/")
            .put("check_failures_before_warning", "2 CHECK_HTTP=/ CHECK_FAILURES_BEFORE_CRITICAL=3")
            .buildOrThrow();

    private static final Pattern DOCUMENTED = Pattern.compile("SERVICE_([A-Z][A-Z_]*[A-Z])|`_([A-Z][A-Z_]*[A-Z])`");

    static Stream<String> keys() {
        return ControlAttributes.known().stream();
    }

    @Test
    void everyKeyHasAnExampleHere() {
        assertThat(EXAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(ControlAttributes.known());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyChangesWhatIsDerivedAndIsNoMeta(String key) {
        List<String> words = List.of(EXAMPLES.getOrDefault(key, "").split(" "));
        List<String> needed = words.subList(1, words.size());

        ContainerDerivation without = derive(key, needed);
        List<String> all = new ArrayList<>(needed);
        all.add(key.toUpperCase(Locale.ROOT) + "=" + words.getFirst());
        ContainerDerivation with = derive(key, all);

        assertThat(with.problems()).as("problems").isEmpty();
        assertThat(meaning(with)).isNotEqualTo(meaning(without));
        assertThat(with.services())
                .allSatisfy(service ->
                        assertThat(service.definition().meta()).as("meta").isEmpty());
    }

    @Test
    void everyKeyIsAmongTheGeneratedConfigurations() {
        assertThat(AnyContainer.attributes())
                .containsAll(keys().map(key -> key.toUpperCase(Locale.ROOT)).toList());
    }

    @Test
    void everyKeyIsDocumented() throws IOException {
        assertThat(documented("../docs/services.md").toList())
                .as("keys in docs/services.md")
                .containsAll(ControlAttributes.known());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../docs/services.md", "../docs/zero-downtime.md"})
    void everyDocumentedKeyIsOne(String file) throws IOException {
        assertThat(documented(file).filter(key -> !key.equals("x")))
                .as("keys in %s", file)
                .allMatch(ControlAttributes::isKnown);
    }

    /** The linter knows it, and takes what is nearly it for it. */
    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsTakenForNoMistake(String key) {
        assertThat(derive(key, List.of("80_" + key.toUpperCase(Locale.ROOT) + "="))
                        .problems())
                .noneMatch(problem -> problem.message().contains("meant"));
        assertThat(ControlAttributes.nearest(key)).contains(key);
    }

    private static Stream<String> documented(String file) throws IOException {
        return DOCUMENTED
                .matcher(Files.readString(Path.of(file)))
                .results()
                .flatMap(found -> found.group(1) != null
                        ? Stream.of(found.group(1).toLowerCase(Locale.ROOT))
                        : Stream.of("check_" + found.group(2).toLowerCase(Locale.ROOT)));
    }

    /** A container with a published port, a HEALTHCHECK and two networks; a key about ports needs another port. */
    private static ContainerDerivation derive(String key, List<String> lines) {
        SnapshotBuilder container = SnapshotBuilder.running("web")
                .address("172.17.0.2")
                .network("zeta", "172.18.0.2")
                .health(new HealthReport(ContainerHealth.HEALTHY, ""))
                .env(lines.stream().map(line -> "SERVICE_" + line).toArray(String[]::new));
        SnapshotBuilder publishing = switch (key) {
            case "port" -> container;
            case "bindings" -> container.publish(80, 32_768, 32_769);
            default -> container.publish(80, 32_768);
        };
        ContainerSnapshot snapshot =
                publishing.build().withDocument(new InspectDocument(Map.of("Name", "/web"), ImmutableMap.of()));
        DerivationSettings settings = DerivationSettingsBuilder.of("node-1", "192.0.2.10")
                .allowScriptChecks(true)
                .build();
        return new Deriver(settings).derive(snapshot, id -> Optional.empty());
    }

    private static List<List<Object>> meaning(ContainerDerivation derivation) {
        return derivation.services().stream()
                .map(service -> List.<Object>of(
                        service.definition(), service.definition().token() != null, service.lifecycle()))
                .toList();
    }
}
