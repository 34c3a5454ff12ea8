package io.registrator.ops.observe;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsDocumentationTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(registrator_\\w+)` \\| (\\w+) \\| (.*?) ?\\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern METRIC = Pattern.compile("registrator_[a-z_]+");
    private static final Path ROOT = Path.of("..");

    private final PrometheusRegistry registry = new PrometheusRegistry();

    MetricsDocumentationTest() {
        InstantSource clock = InstantSource.system();
        var unused = new Metrics(registry, System::nanoTime);
        MetricsOfState.register(
                registry,
                new StatusBoard(clock, System::nanoTime),
                new Readiness(Duration.ZERO, System::nanoTime),
                () -> 0,
                "1.2.3");
    }

    @Test
    void namesEveryMetricWithItsTypeLabelsAndMeaningAndNoOther() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/metrics.md"));

        Stream<String> documented = ROW.matcher(text)
                .results()
                .map(row ->
                        row.group(1) + " " + row.group(2) + " [" + row.group(3).replace("`", "") + "] " + row.group(4));

        assertThat(documented)
                .containsExactlyElementsOf(
                        ours().map(MetricsDocumentationTest::described).sorted().toList());
    }

    @Test
    void whatIsNotOursIsOfTheKindsThatAreNamed() {
        assertThat(registry.scrape().stream().map(metric -> metric.getMetadata().getPrometheusName()))
                .allMatch(name -> name.matches("(registrator|jvm_memory|jvm_gc|jvm_threads|process)_.*"));
    }

    @Test
    void dashboardAndRulesUseOnlyMetricsThatThereAre() throws IOException {
        Set<String> known = new TreeSet<>();
        ours().map(MetricsDocumentationTest::name)
                .forEach(name -> known.addAll(Set.of(name, name + "_bucket", name + "_count", name + "_sum")));
        for (String file : List.of("alerts.yaml", "alerts-test.yaml", "dashboard.json")) {
            String text = Files.readString(ROOT.resolve("examples/monitoring").resolve(file));
            assertThat(METRIC.matcher(text).results().map(found -> found.group()))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    private Stream<MetricSnapshot> ours() {
        return registry.scrape().stream()
                .filter(metric -> metric.getMetadata().getPrometheusName().startsWith("registrator_"));
    }

    private static String described(MetricSnapshot metric) {
        String labels = metric.getDataPoints().getFirst().getLabels().stream()
                .map(Label::getName)
                .sorted()
                .collect(joining(", "));
        return name(metric) + " " + type(metric) + " [" + labels + "] "
                + metric.getMetadata().getHelp();
    }

    private static String name(MetricSnapshot metric) {
        String suffix = switch (metric) {
            case CounterSnapshot counter -> "_total";
            case InfoSnapshot info -> "_info";
            default -> "";
        };
        return metric.getMetadata().getPrometheusName() + suffix;
    }

    private static String type(MetricSnapshot metric) {
        return switch (metric) {
            case CounterSnapshot counter -> "counter";
            case InfoSnapshot info -> "info";
            case HistogramSnapshot histogram -> "histogram";
            case GaugeSnapshot gauge -> "gauge";
            default -> metric.getClass().getSimpleName();
        };
    }
}
