package io.registrator.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which options were given, and from where, in one line. Options hold no secrets: those come by variables of their own. */
final class GivenSettings {
    private GivenSettings() {}

    static String of(ParseResult parsed, Map<String, String> environment) {
        Map<String, List<OptionSpec>> options = levels(parsed).stream()
                .flatMap(result -> result.matchedOptions().stream().distinct())
                .collect(Collectors.groupingBy(option -> option.names()[0], LinkedHashMap::new, Collectors.toList()));
        String given = options.values().stream()
                .map(option -> text(option, environment))
                .collect(Collectors.joining(", "));
        return given.isEmpty() ? "all settings as by default" : given + "; all others as by default";
    }

    /** The command itself, and the one that was given after it. */
    private static List<ParseResult> levels(ParseResult parsed) {
        return parsed.hasSubcommand() ? List.of(parsed, parsed.subcommand()) : List.of(parsed);
    }

    /** @param places where the option was given, before the command or after it */
    private static String text(List<OptionSpec> places, Map<String, String> environment) {
        OptionSpec option = places.getFirst();
        List<String> values = places.stream()
                .flatMap(place -> place.originalStringValues().stream())
                .toList();
        String variable = EnvironmentOptions.variable(option);
        boolean byVariable = !environment.getOrDefault(variable, "").isEmpty();
        String source;
        if (!byVariable) {
            source = "command line";
        } else if (values.size() == 1) {
            source = variable;
        } else {
            source = option.isMultiValue() ? "command line and " + variable : "command line, over " + variable;
        }
        String value = option.isMultiValue() ? String.join(",", values) : values.getLast();
        return option.names()[0] + " " + value + " (" + source + ")";
    }
}
