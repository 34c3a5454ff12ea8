package io.registrator.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.registrator.testing.Browser;
import io.registrator.testing.Command;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.EngineProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real daemon says of itself. */
class AdminIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path MONITORING = Path.of("../examples/monitoring");

    @Test
    void readinessFollowsConsulAndTheEngine() throws Exception {
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                EngineProcess engine = EngineProcess.start();
                RegistratorProcess daemon =
                        start(engine.host(), Agent.of(consul).uri());
                AdminClient admin = AdminClient.of(daemon)) {
            admin.awaitReady(200, "ready", SOON);

            consul.kill();
            admin.awaitReady(503, "the registry does not answer", SOON);
            assertThat(admin.get("health/live").statusCode()).isEqualTo(200);
            consul.start();
            admin.awaitReady(200, "ready", SOON);

            engine.stop();
            admin.awaitReady(503, "the engine does not answer", SOON);
            assertThat(admin.body("metrics")).contains("registrator_peer_up{peer=\"engine\"} 0.0");
            engine.startAgain();
            admin.awaitReady(200, "ready", SOON);
            assertThat(admin.body("api/v1/journal"))
                    .contains("registry lost", "registry connected", "engine lost", "engine connected");
            assertThat(admin.body("metrics"))
                    .containsPattern("registrator_reconnects_total\\{peer=\"engine\"} [1-9]")
                    .containsPattern("registrator_reconnects_total\\{peer=\"registry\"} [1-9]");
        }
    }

    @Test
    void livesAndIsNotReadyWhileItWaitsForConsul() throws Exception {
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers.docker().host(), "consul://127.0.0.1:1");
                AdminClient admin = AdminClient.of(daemon)) {
            assertThat(admin.get("health/live").statusCode()).isEqualTo(200);
            assertThat(admin.get("health/ready").statusCode()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "[::1]"})
    void logsTheAddressThatWasAskedForWithThePortThatItGot(String host) throws Exception {
        assumeThat(host.startsWith("[") && !Files.exists(Path.of("/proc/net/if_inet6")))
                .as("this kernel speaks no IPv6")
                .isFalse();
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers.docker().host(), "consul://127.0.0.1:1", host + ":0");
                AdminClient admin = AdminClient.of(daemon)) {
            assertThat(admin.url()).matches("http://" + Pattern.quote(host) + ":[1-9][0-9]*/");
            if (host.equals("0.0.0.0")) {
                daemon.awaitLog("whoever reaches 0.0.0.0:");
            }
            assertThat(admin.get("health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aNewContainerAppearsOnThePageWithoutReload() throws Exception {
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers.docker().host(), "memory:");
                AdminClient admin = AdminClient.of(daemon);
                Browser browser = new Browser()) {
            admin.awaitReady(200, "ready", SOON);
            Browser.Visit visit = browser.visit(admin.url(), 1280, 900, ColorScheme.LIGHT);
            assertThat(visit.page().locator("#ready")).hasText("✓ Ready", patiently());

            String web = containers.run("web", "-p", "8080", "--label", "SERVICE_NAME=shop");
            long started = System.nanoTime();

            Locator row = visit.page().locator("tbody").filter(new Locator.FilterOptions().setHasText(web));
            assertThat(row.locator(".state")).hasText("✓ registered", patiently());
            System.out.printf(
                    "the page showed a new container %d ms after docker run had returned%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
            assertThat(row).containsText("shop");
            assertThat(admin.body("api/v1/containers/" + web)).contains("label SERVICE_NAME");
            assertThat(visit.errors()).isEmpty();
            assertThat(visit.requests()).allMatch(url -> url.startsWith(admin.url()));
        }
    }

    @Test
    void promtoolFindsNothingWrongWithMetricsAndRules(@TempDir Path folder) throws Exception {
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = start(containers.docker().host(), "memory:");
                AdminClient admin = AdminClient.of(daemon)) {
            admin.awaitReady(200, "ready", SOON);
            Path scrape = Files.writeString(folder.resolve("metrics"), ours(admin.body("metrics")));

            promtool(scrape, "check", "metrics");
            promtool(scrape, "check", "rules", MONITORING.resolve("alerts.yaml").toString());
            promtool(
                    scrape,
                    "test",
                    "rules",
                    MONITORING.resolve("alerts-test.yaml").toString());
            promtool(
                    scrape,
                    "check",
                    "config",
                    MONITORING.resolve("prometheus.yaml").toString());
        }
    }

    /** The names of the others are the official client's business. */
    private static String ours(String metrics) {
        return String.join(
                        "\n",
                        metrics.lines()
                                .filter(line -> line.contains("registrator_"))
                                .toList())
                + "\n";
    }

    private static void promtool(Path input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getenv("REGISTRATOR_TEST_PROMTOOL")));
        command.addAll(List.of(arguments));
        Command.of(new ProcessBuilder(command).redirectInput(input.toFile())).output();
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SOON.toMillis());
    }

    private static RegistratorProcess start(URI engine, String registry) {
        return start(engine, registry, "127.0.0.1:0");
    }

    private static RegistratorProcess start(URI engine, String registry, String admin) {
        return RegistratorProcess.launch(
                engine,
                "-node-id",
                "admin-it",
                "-ip",
                TestContainers.ofWeb().gateway(),
                "-retry-interval",
                "200",
                "-admin",
                admin,
                registry);
    }
}
