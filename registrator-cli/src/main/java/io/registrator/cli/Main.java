package io.registrator.cli;

import io.registrator.cli.command.EnvironmentOptions;
import io.registrator.cli.command.OptionSections;
import io.registrator.cli.command.RegistratorCommand;
import io.registrator.cli.command.UsageErrors;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The process: arguments and environment in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        CommandLine commandLine = commandLine();
        return commandLine.execute(
                EnvironmentOptions.prepend(arguments, System.getenv(), commandLine.getCommandSpec()));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new RegistratorCommand(System.getenv()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(true)
                // What begins with an @ is an argument as any other, and no file to read.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new UsageErrors());
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections());
        return commandLine;
    }
}
