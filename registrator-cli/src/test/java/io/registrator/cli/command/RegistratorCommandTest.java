package io.registrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.DaemonConfig;
import io.registrator.app.config.RegistryAddress;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.plan.DeregisterPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class RegistratorCommandTest {

    @Test
    void hasDefaultsForEverything() {
        DaemonConfig config = config(Map.of());

        assertThat(config.registry()).hasToString("consul://127.0.0.1:8500");
        assertThat(config.resync()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.startup().attempts()).isNegative();
        assertThat(config.deregister()).isEqualTo(DeregisterPolicy.ALWAYS);
        assertThat(config.services().defaultTcpCheck()).isTrue();
    }

    @Test
    void takesThePredecessorsCommandLine() {
        DaemonConfig config = config(
                Map.of(),
                "-ip",
                "192.0.2.7",
                "-internal",
                "-explicit=true",
                "-useIpFromLabel",
                "my.ip",
                "-tags",
                "a,b",
                "-resync",
                "5",
                "-deregister",
                "on-success",
                "-ttl",
                "30",
                "-ttl-refresh",
                "10",
                "-retry-attempts",
                "3",
                "-retry-interval",
                "500",
                "-cleanup",
                "consul://consul.example:8500");

        assertThat(config.services().ip()).isEqualTo("192.0.2.7");
        assertThat(config.services().internal()).isTrue();
        assertThat(config.services().explicit()).isTrue();
        assertThat(config.services().useIpFromLabel()).isEqualTo("my.ip");
        assertThat(config.services().tags()).isEqualTo("a,b");
        assertThat(config.resync()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.deregister()).isEqualTo(DeregisterPolicy.ON_SUCCESS);
        assertThat(config.startup().attempts()).isEqualTo(3);
        assertThat(config.startup().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.cleanup()).isTrue();
        assertThat(config.registry()).hasToString("consul://consul.example:8500");
    }

    @Test
    void takesEveryOptionFromTheEnvironmentUnlessTheCommandLineHasIt() {
        DaemonConfig config = config(
                Map.of(
                        "REGISTRATOR_INTERNAL", "true",
                        "REGISTRATOR_IP", "192.0.2.1",
                        "REGISTRATOR_USE_IP_FROM_LABEL", "my.ip",
                        "REGISTRATOR_NODE_ID", "by-environment"),
                "--node-id",
                "by-command-line",
                "memory:");

        assertThat(config.services().internal()).isTrue();
        assertThat(config.services().ip()).isEqualTo("192.0.2.1");
        assertThat(config.services().useIpFromLabel()).isEqualTo("my.ip");
        assertThat(config.nodeId()).isEqualTo("by-command-line");
        assertThat(config.registry()).isEqualTo(new RegistryAddress.Memory());
    }

    @Test
    void lastOfTwoIsTheOneThatCounts() {
        assertThat(config(Map.of(), "-internal", "-internal=false").services().internal())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ip=10.0.0",
                "-ip=0.0.0.0",
                "-deregister=sometimes",
                "-retry-interval=0",
                "-node-id=a/b",
                "-prefix=a b",
                "etcd://127.0.0.1",
                "consul://host:port",
                "consul-unix://relative"
            })
    void saysWhatToWriteInstead(String argument) {
        assertThatThrownBy(() -> config(Map.of(), argument))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("write ")
                .hasMessageMatching("[^\\n]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-internal", "-internal=1", "-internal=t", "-internal=T", "-internal=TRUE", "--internal=True"})
    void takesGosWordsForYes(String argument) {
        assertThat(config(Map.of(), argument, "memory:").services().internal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cleanup=0", "-cleanup=f", "-cleanup=F", "-cleanup=FALSE", "--cleanup=False"})
    void takesGosWordsForNo(String argument) {
        assertThat(config(Map.of("REGISTRATOR_CLEANUP", "T"), argument).cleanup())
                .isFalse();
        assertThat(config(Map.of("REGISTRATOR_CLEANUP", "1")).cleanup()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "-resync, 0x10, 16",
        "-resync, 1_000, 1000",
        "-resync, 0b11, 3",
        "-resync, 0o17, 15",
        "-resync, 017, 15",
        "--resync, +5, 5",
        "-resync, -1, 0",
        "-resync, 0, 0",
    })
    void takesGosNumbers(String option, String value, int seconds) {
        assertThat(config(Map.of(), option, value).resync()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(config(Map.of(), option + "=" + value).resync()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(config(Map.of("REGISTRATOR_RESYNC", value)).resync()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void takesNegativeNumbersAsValues() {
        DaemonConfig config = config(Map.of(), "-retry-attempts", "-1", "-ttl", "-1", "-ttl-refresh", "0", "memory:");

        assertThat(config.startup().attempts()).isEqualTo(-1);
        assertThat(config.heartbeat()).isNull();
        assertThat(config.registry()).hasToString("memory:");
    }

    @Test
    void takesAnEmptyTextForAnOptionThatIsNotGiven() {
        DaemonConfig config = config(
                Map.of("REGISTRATOR_IP", "192.0.2.1"),
                "-ip=",
                "-tags=",
                "-useIpFromLabel",
                "",
                "-node-id=",
                "-prefix=",
                "-deregister=",
                "-admin=",
                "-health-file=",
                "memory:");

        assertThat(config.services()).isEqualTo(config(Map.of()).services());
        assertThat(config.nodeId()).isNull();
        assertThat(config.deregister()).isEqualTo(DeregisterPolicy.ALWAYS);
        assertThat(config.admin()).isNull();
        assertThat(config.registry()).hasToString("memory:");
    }

    @Test
    void takesTheWordAfterAnOptionForItsValue() {
        DaemonConfig config = config(Map.of(), "-tags", "-x", "-node-id", "plan", "memory:");

        assertThat(config.services().tags()).isEqualTo("-x");
        assertThat(config.nodeId()).isEqualTo("plan");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-internal=maybe",
                "-internal=",
                "-resync=",
                "-resync=1e3",
                "-resync=99999999999",
                "-ip -internal"
            })
    void refusesWhatGoRefusesToo(String arguments) {
        assertThatThrownBy(() -> config(Map.of(), arguments.split(" ", -1))).isInstanceOf(ParameterException.class);
    }

    private static DaemonConfig config(Map<String, String> environment, String... arguments) {
        RegistratorCommand command = new RegistratorCommand(environment, question -> Optional.empty());
        var ignored = CommandLines.of(command)
                .parseArgs(EnvironmentOptions.prepend(arguments, environment, command.options()));
        return command.config();
    }
}
