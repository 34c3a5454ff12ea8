package io.registrator.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Sets the parser up. */
public final class CommandLines {
    private CommandLines() {}

    /** The parser of this command and of those below it. */
    public static CommandLine of(RegistratorCommand command) {
        UsageErrors errors = new UsageErrors(command.environment());
        CommandLine commandLine = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                // A node may well be called like a command.
                .setAllowSubcommandsAsOptionParameters(true)
                .setUsageHelpAutoWidth(true)
                // What begins with an @ is an argument as any other, and no file to read.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        PicocliOptions.add(command.options(), commandLine.getCommandSpec());
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections());
        commandLine.getSubcommands().values().forEach(CommandLines::showOwnOptionsOnly);
        return commandLine;
    }

    private static void showOwnOptionsOnly(CommandLine subcommand) {
        subcommand.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OwnOptions());
    }
}
