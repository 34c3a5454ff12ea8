package io.registrator.cli.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which options were given, and from where, in one line. Options hold no secrets: those come by variables of their own. */
final class GivenSettings {
    private GivenSettings() {}

    static String of(ParseResult parsed, Map<String, String> environment) {
        String given = parsed.matchedOptions().stream()
                .distinct()
                .map(option -> text(option, environment))
                .collect(Collectors.joining(", "));
        return given.isEmpty() ? "all settings as by default" : given + "; all others as by default";
    }

    private static String text(OptionSpec option, Map<String, String> environment) {
        List<String> values = option.originalStringValues();
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
