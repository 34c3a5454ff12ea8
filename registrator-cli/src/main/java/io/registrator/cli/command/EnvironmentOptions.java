package io.registrator.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets every option be given by a variable: {@code --retry-interval} by {@code REGISTRATOR_RETRY_INTERVAL}. What stands on
 * the command line wins.
 */
public final class EnvironmentOptions {
    private static final String PREFIX = "REGISTRATOR_";

    private EnvironmentOptions() {}

    /** The arguments, with those that the environment gives before them. */
    public static String[] prepend(String[] arguments, Map<String, String> environment, CommandSpec command) {
        List<String> all = new ArrayList<>();
        command.options().stream().flatMap(option -> given(option, environment)).forEach(all::add);
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** The variable that gives this option. */
    public static String variable(OptionSpec option) {
        return PREFIX
                + option.longestName().replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Stream<String> given(OptionSpec option, Map<String, String> environment) {
        String value = environment.getOrDefault(variable(option), "");
        boolean helpOnly = option.usageHelp() || option.versionHelp();
        return value.isEmpty() || helpOnly ? Stream.empty() : Stream.of(option.longestName() + "=" + value);
    }
}
