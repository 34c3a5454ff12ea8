package io.registrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.cli.command.CommandLines;
import io.registrator.cli.command.RegistratorCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    @Test
    void readsNoFileThatAnArgumentNames(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "-internal\nconsul://elsewhere:8500\n");

        CommandLine.ParseResult parsed = CommandLines.of(new RegistratorCommand(Map.of(), question -> Optional.empty()))
                .parseArgs("@" + file);

        assertThat(parsed.originalArgs()).containsExactly("@" + file);
        assertThat(parsed.matchedPositionalValue(0, "")).isEqualTo("@" + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consul://me:s3cret@host:8500", "--token=s3cret", "etcd://me:s3cret@host"})
    void repeatsNoSecret(String argument) {
        assertThat(complaint(argument)).startsWith("registrator: ").doesNotContain("s3cret");
    }

    @Test
    void complainsOnOneLine() {
        assertThat(complaint("--no\u001bsuch\nregistrator: forged").strip())
                .doesNotContain("\u001b")
                .hasLineCount(1);
    }

    @Test
    void saysWhichVariableABadValueIsFrom() {
        assertThat(complaint("memory:", Map.of("REGISTRATOR_RESYNC", "abc")))
                .contains("'--resync'", "'abc'", ", from REGISTRATOR_RESYNC");
        assertThat(complaint("-resync=abc", Map.of("REGISTRATOR_RESYNC", "1"))).doesNotContain("REGISTRATOR_RESYNC");
    }

    private static String complaint(String argument) {
        return complaint(argument, Map.of());
    }

    private static String complaint(String argument, Map<String, String> environment) {
        StringWriter errors = new StringWriter();
        PrintWriter err = new PrintWriter(errors, true);
        int code = Main.run(new String[] {argument}, environment, err, err);
        assertThat(code).isEqualTo(2);
        return errors.toString();
    }
}
