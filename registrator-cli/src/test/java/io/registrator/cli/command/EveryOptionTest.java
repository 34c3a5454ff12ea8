package io.registrator.cli.command;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.app.config.DaemonConfig;
import io.registrator.cli.option.DaemonOption;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.cli.output.LogFormat;
import io.registrator.derive.ContainerFilter;
import io.registrator.derive.Heartbeat;
import io.registrator.model.Drain;
import io.registrator.model.RegisterOn;
import io.registrator.plan.DeregisterPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/** Every option reaches what the daemon is run with, by each of its two names and by its variable. A new option needs a row. */
class EveryOptionTest {
    private static final Map<String, Row> ROWS = Map.ofEntries(
            of("-ip", "192.0.2.7", config -> config.services().ip(), "192.0.2.7"),
            of("-bindings", "all", config -> config.services().allBindings(), true),
            of("-internal", "true", config -> config.services().internal(), true),
            of("-explicit", "true", config -> config.services().explicit(), true),
            of("-network", "backend", config -> config.services().network(), "backend"),
            of("-useIpFromLabel", "my.ip", config -> config.services().useIpFromLabel(), "my.ip"),
            of("-tags", "a,b", config -> config.services().tags(), "a,b"),
            of("-allow-template-http", "true", config -> config.services().allowTemplateHttp(), true),
            of("-prefix", "SVC_", config -> config.services().prefix(), "SVC_"),
            of("-check", "none", config -> config.services().defaultTcpCheck(), false),
            of(
                    "-filter",
                    "name=web*",
                    config -> config.services().filters(),
                    List.of(ContainerFilter.parse("name=web*"))),
            of("-allow-script-checks", "true", config -> config.services().allowScriptChecks(), true),
            of("-node-id", "node-7", DaemonConfig::nodeId, "node-7"),
            of("-register-on", "healthy", config -> config.lifecycles().registerOn(), RegisterOn.HEALTHY),
            of("-listen-timeout", "45", config -> config.lifecycles().listenTimeout(), Duration.ofSeconds(45)),
            of("-drain", "maintenance", config -> config.lifecycles().drain(), Drain.MAINTENANCE),
            of("-drain-timeout", "20", config -> config.lifecycles().drainTimeout(), Duration.ofSeconds(20)),
            of("-docker-health", "mirror", config -> config.lifecycles().mirrorHealth(), true),
            of("-deregister", "never", DaemonConfig::deregister, DeregisterPolicy.NEVER),
            of("-cleanup", "true", DaemonConfig::cleanup, true),
            of("-deregister-on-exit", "true", DaemonConfig::deregisterOnExit, true),
            of("-retry-attempts", "3", config -> config.startup().attempts(), 3),
            of("-retry-interval", "500", config -> config.startup().interval(), Duration.ofMillis(500)),
            of("-namespace", "team", config -> config.consul().namespace(), "team"),
            of("-partition", "east", config -> config.consul().partition(), "east"),
            of("-resync", "5", DaemonConfig::resync, Duration.ofSeconds(5)),
            together("-ttl", "30", "-ttl-refresh=10", DaemonConfig::heartbeat, ttl(30, 10)),
            together("-ttl-refresh", "10", "-ttl=30", DaemonConfig::heartbeat, ttl(30, 10)),
            ofOutput("-log-level", "debug", DaemonOptions::logLevel, Level.DEBUG),
            ofOutput("-log-format", "json", DaemonOptions::logFormat, LogFormat.JSON),
            of("-admin", "127.0.0.1:8086", config -> Objects.toString(config.admin()), "127.0.0.1:8086"),
            of("-health-file", "/run/alive", config -> config.supervision().healthFile(), Path.of("/run/alive")));

    /**
     * One option.
     *
     * @param with another argument that has to be given with it; empty for none
     * @param seen what the daemon is run with, as far as the option is about it
     */
    private record Row(
            String value, List<String> with, Function<RegistratorCommand, @Nullable Object> seen, Object expected) {}

    static Stream<DaemonOption> options() {
        return new DaemonOptions().all().stream();
    }

    @Test
    void everyOptionHasARowHere() {
        assertThat(ROWS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        options().map(DaemonOption::name).toList());
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionReachesTheDaemon(DaemonOption option) {
        Row row = Objects.requireNonNull(ROWS.get(option.name()), option.name());

        assertThat(seen(row, Map.of(), option.name() + "=" + row.value())).isEqualTo(row.expected());
        assertThat(seen(row, Map.of(), option.longName() + "=" + row.value())).isEqualTo(row.expected());
        assertThat(seen(row, Map.of(EnvironmentOptions.variable(option), row.value())))
                .as(EnvironmentOptions.variable(option))
                .isEqualTo(row.expected());
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionChangesSomething(DaemonOption option) {
        Row row = Objects.requireNonNull(ROWS.get(option.name()), option.name());
        RegistratorCommand command = command(Map.of(), List.of());

        assertThat(row.seen().apply(command)).isNotEqualTo(row.expected());
    }

    private static @Nullable Object seen(Row row, Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(row.with());
        all.addAll(List.of(arguments));
        return row.seen().apply(command(environment, all));
    }

    private static RegistratorCommand command(Map<String, String> environment, List<String> arguments) {
        RegistratorCommand command = new RegistratorCommand(environment, question -> Optional.empty());
        var ignored = CommandLines.of(command)
                .parseArgs(
                        EnvironmentOptions.prepend(arguments.toArray(String[]::new), environment, command.options()));
        return command;
    }

    private static Map.Entry<String, Row> of(
            String name, String value, Function<DaemonConfig, @Nullable Object> seen, Object expected) {
        return entry(name, new Row(value, List.of(), command -> seen.apply(command.config()), expected));
    }

    private static Map.Entry<String, Row> together(
            String name, String value, String with, Function<DaemonConfig, @Nullable Object> seen, Object expected) {
        return entry(name, new Row(value, List.of(with), command -> seen.apply(command.config()), expected));
    }

    private static Map.Entry<String, Row> ofOutput(
            String name, String value, Function<DaemonOptions, @Nullable Object> seen, Object expected) {
        return entry(name, new Row(value, List.of(), command -> seen.apply(command.options()), expected));
    }

    private static Heartbeat ttl(int ttl, int refresh) {
        return new Heartbeat(Duration.ofSeconds(ttl), Duration.ofSeconds(refresh));
    }
}
