package io.registrator.cli.command;

import com.google.common.collect.ImmutableMap;
import io.registrator.cli.option.DaemonOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * What a command line asks for, without doing it.
 *
 * @param command what does it: {@link RegistratorCommand} itself, or the command that is named
 * @param registry the registry's URI; null for none
 * @param given the daemon's options in it, with their values
 */
record Parsed(
        RegistratorCommand registrator,
        Object command,
        @Nullable String registry,
        ImmutableMap<DaemonOption, List<String>> given) {

    /** @throws picocli.CommandLine.ParameterException when the line makes no sense */
    static Parsed of(List<String> arguments) {
        RegistratorCommand registrator = new RegistratorCommand();
        ParseResult result = CommandLines.of(registrator).parseArgs(arguments.toArray(String[]::new));
        Object command =
                result.hasSubcommand() ? result.subcommand().commandSpec().userObject() : registrator;
        String own = switch (command) {
            case RunCommand run -> run.registry;
            case RegistryInquiry inquiry -> inquiry.registry;
            case ExplainCommand explain -> explain.registry;
            default -> null;
        };
        return new Parsed(
                registrator,
                command,
                own == null ? registrator.registry : own,
                ParsedSettings.of(result, registrator.options()).values());
    }
}
