package io.registrator.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.registrator.app.config.ConfigException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Whatever is written on the command line: there is a configuration, help, or one of two exceptions. */
class ArgumentsFuzzTest {

    /** A line is an argument. */
    @FuzzTest(maxDuration = "10m")
    void reads(byte[] input) {
        String[] arguments = new String(input, UTF_8).lines().toArray(String[]::new);
        RegistratorCommand command = new RegistratorCommand(Map.of(), question -> Optional.empty());
        try {
            CommandLine.ParseResult parsed =
                    CommandLines.of(command).parseArgs(Arrays.copyOf(arguments, Math.min(arguments.length, 50)));
            if (!parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                var unused = command.config(null);
            }
        } catch (CommandLine.ParameterException | ConfigException complaint) {
            // As it should.
        }
    }
}
