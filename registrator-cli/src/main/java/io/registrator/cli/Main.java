package io.registrator.cli;

import io.registrator.cli.command.CommandLines;
import io.registrator.cli.command.Confirmation;
import io.registrator.cli.command.EnvironmentOptions;
import io.registrator.cli.command.RegistratorCommand;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** The process: arguments and environment in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(arguments, System.getenv(), out, err));
    }

    /** Does what the arguments say; the exit code. */
    public static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        CommandLine commandLine = commandLine(environment).setOut(out).setErr(err);
        int exitCode =
                commandLine.execute(EnvironmentOptions.prepend(arguments, environment, commandLine.getCommandSpec()));
        out.flush();
        return exitCode;
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return CommandLines.of(new RegistratorCommand(environment, Confirmation.ofTerminal()));
    }
}
