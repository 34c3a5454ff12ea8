package io.registrator.cli.command;

import io.registrator.app.config.ConfigException;
import io.registrator.app.daemon.StartupException;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.derive.EditDistance;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
public final class UsageErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int MOST_SLIPS = 2;

    private final Map<String, String> environment;

    /** @param environment from which some of the options are */
    UsageErrors(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        String hint = nearest(error, arguments);
        return ErrorMessages.usage(
                error.getCommandLine().getErr(),
                ErrorMessages.message(error) + origin(error) + (hint.isEmpty() ? "" : "; did you mean " + hint + "?"));
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine commandLine, ParseResult parsed) throws Exception {
        return switch (error) {
            case ConfigException bad -> ErrorMessages.of(bad, commandLine.getErr());
            case StartupException failed -> ErrorMessages.of(failed, commandLine.getErr());
            default -> throw error;
        };
    }

    /** The variable that a bad value is from; empty for one from the command line. */
    private String origin(ParameterException error) {
        if (!(error.getArgSpec() instanceof OptionSpec option) || error.getValue() == null) {
            return "";
        }
        String variable = EnvironmentOptions.variable(option.longestName());
        return error.getValue().equals(environment.get(variable)) ? ", from " + variable : "";
    }

    /** The option or command that is fewest slips of the keyboard away; empty where none is near. */
    private static String nearest(ParameterException error, String[] arguments) {
        Set<String> names = names(error.getCommandLine().getCommandSpec());
        return error instanceof UnmatchedArgumentException unmatched
                ? Stream.concat(unmatched.getUnmatched().stream(), words(arguments))
                        .flatMap(word -> nearest(word, names).stream())
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** A misspelt command passes for the registry's URI, so that what follows it is what does not fit. */
    private static Stream<String> words(String[] arguments) {
        return Arrays.stream(arguments).filter(argument -> !argument.startsWith("-"));
    }

    private static Optional<String> nearest(String word, Collection<String> names) {
        String bare = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        return names.stream()
                .filter(name -> EditDistance.between(bare, name) <= MOST_SLIPS)
                .min(Comparator.<String>comparingInt(name -> EditDistance.between(bare, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static Set<String> names(CommandSpec command) {
        Set<String> names = new TreeSet<>(command.optionsMap().keySet());
        command.subcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .forEach(each -> names.add(each.getCommandName()));
        return names;
    }
}
