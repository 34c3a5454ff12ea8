package io.registrator.cli.command;

import io.registrator.cli.option.EnvironmentOptions;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** Reads any command line, help and mistakes included. */
public final class AnyCommand {
    private AnyCommand() {}

    /** Does what the arguments say; the exit code. */
    public static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        RegistratorCommand command = new RegistratorCommand(environment, Confirmation.ofTerminal());
        CommandLine commandLine = CommandLines.of(command).setOut(out).setErr(err);
        return commandLine.execute(EnvironmentOptions.prepend(arguments, environment, command.options()));
    }
}
