package io.registrator.cli.command;

import io.registrator.cli.output.Plain;
import io.registrator.config.ConfigException;
import io.registrator.config.Masked;
import io.registrator.daemon.StartupException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
public final class UsageErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        String hint = nearest(error);
        print(error.getCommandLine(), message(error) + (hint.isEmpty() ? "" : "; did you mean " + hint + "?"));
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine commandLine, ParseResult parsed) throws Exception {
        switch (error) {
            case ConfigException bad -> {
                print(commandLine, message(bad));
                return ExitCode.USAGE;
            }
            case StartupException failed -> {
                commandLine.getErr().println("registrator: " + message(failed));
                return ExitCode.FAILED;
            }
            default -> throw error;
        }
    }

    private static void print(CommandLine commandLine, String message) {
        commandLine.getErr().println("registrator: " + message + " (registrator --help lists all options)");
    }

    private static String message(Exception error) {
        return Plain.line(Masked.in(Objects.requireNonNullElse(error.getMessage(), error.toString())));
    }

    private static String nearest(ParameterException error) {
        List<String> suggestions =
                error instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty() ? "" : suggestions.getFirst();
    }
}
