package io.registrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class OptionsDocumentationTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| (`-[^|]+) \\| `(REGISTRATOR_[A-Z_]+)` \\|", Pattern.MULTILINE);

    @Test
    void readmeNamesEveryOptionWithItsVariableAndNoOther() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));

        Stream<String> documented = ROW.matcher(readme).results().map(row -> row.group(1) + " by " + row.group(2));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(options().toList());
    }

    private static Stream<String> options() {
        return new CommandLine(new RegistratorCommand(Map.of(), question -> Optional.empty()))
                .getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .map(option -> names(option) + " by " + EnvironmentOptions.variable(option));
    }

    private static String names(OptionSpec option) {
        return "`" + String.join("`, `", option.names()) + "`";
    }
}
