package io.registrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.cli.option.EnvironmentOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParsedSettingsTest {

    @Test
    void saysWhereEachSettingComesFrom() {
        assertThat(given(
                        Map.of("REGISTRATOR_RESYNC", "10", "REGISTRATOR_IP", "192.0.2.1"),
                        "-internal",
                        "-ip=192.0.2.7",
                        "memory:"))
                .isEqualTo("-ip 192.0.2.7 (command line, over REGISTRATOR_IP), -resync 10 (REGISTRATOR_RESYNC),"
                        + " -internal true (command line); all others as by default");
    }

    @Test
    void namesWhatIsGivenBeforeACommandAndAfterIt() {
        assertThat(given(Map.of("REGISTRATOR_IP", "192.0.2.1"), "-explicit", "run", "-ip", "192.0.2.7", "-resync=5"))
                .isEqualTo("-ip 192.0.2.7 (command line, over REGISTRATOR_IP), -explicit true (command line),"
                        + " -resync 5 (command line); all others as by default");
    }

    @Test
    void saysSoWhenNothingIsSet() {
        assertThat(given(Map.of())).isEqualTo("all settings as by default");
    }

    private static String given(Map<String, String> environment, String... arguments) {
        RegistratorCommand command = new RegistratorCommand(environment, question -> Optional.empty());
        var parsed = CommandLines.of(command)
                .parseArgs(EnvironmentOptions.prepend(arguments, environment, command.options()));
        return ParsedSettings.of(parsed, command.options()).text(environment);
    }
}
