package io.registrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
        return new DaemonOptions()
                .all().stream()
                        .map(option -> "`" + option.name() + "`, `" + option.longName() + "` by "
                                + EnvironmentOptions.variable(option));
    }
}
