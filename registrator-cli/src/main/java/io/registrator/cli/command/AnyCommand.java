package io.registrator.cli.command;

import io.registrator.app.config.ConfigException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Reads any command line, help and mistakes included. */
public final class AnyCommand {
    private AnyCommand() {}

    /** Does what the arguments say; the exit code. */
    public static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        InquiryLine line;
        try {
            line = InquiryLine.of(List.of(arguments), environment, err);
        } catch (ConfigException unclear) {
            return ErrorMessages.of(unclear, err);
        }
        RegistratorCommand command = new RegistratorCommand(line.environment(), Confirmation.ofTerminal());
        CommandLine commandLine = CommandLines.of(command).setOut(out).setErr(err);
        return commandLine.execute(line.arguments().toArray(String[]::new));
    }
}
