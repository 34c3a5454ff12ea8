package io.registrator.cli.option;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lets every option be given by a variable: {@code --retry-interval} by {@code REGISTRATOR_RETRY_INTERVAL}. What stands on
 * the command line wins.
 */
public final class EnvironmentOptions {
    private static final String PREFIX = "REGISTRATOR_";
    private static final int DASHES = 2;

    private EnvironmentOptions() {}

    /** The arguments as the parser takes them, with those that the environment gives before them. */
    public static String[] prepend(String[] arguments, Map<String, String> environment, DaemonOptions options) {
        List<String> all = new ArrayList<>();
        for (DaemonOption option : options.all()) {
            String value = environment.getOrDefault(variable(option), "");
            if (!value.isEmpty()) {
                all.add(option.longName() + "=" + value);
            }
        }
        all.addAll(List.of(arguments));
        return GoSpelling.understood(all, options).toArray(String[]::new);
    }

    /** The variables of all options. */
    public static Set<String> variables(DaemonOptions options) {
        return options.all().stream().map(EnvironmentOptions::variable).collect(toImmutableSet());
    }

    /** The variable that gives this option. */
    public static String variable(DaemonOption option) {
        return variable(option.longName());
    }

    /** The variable that gives the option of this name, with its dashes. */
    public static String variable(String longName) {
        return PREFIX + longName.substring(DASHES).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
