package io.registrator.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Which options were given, and from where, in one line. Options hold no secrets: those come by variables of their own. */
public final class GivenSettings {
    private final Map<DaemonOption, List<String>> values = new LinkedHashMap<>();

    /** Notes one value of an option, in the order in which they were given. */
    public void add(DaemonOption option, String value) {
        values.computeIfAbsent(option, first -> new ArrayList<>()).add(value);
    }

    /** @param environment from which {@link EnvironmentOptions} has taken some of them */
    public String text(Map<String, String> environment) {
        StringJoiner given = new StringJoiner(", ");
        values.forEach((option, all) -> given.add(text(option, all, environment)));
        return values.isEmpty() ? "all settings as by default" : given + "; all others as by default";
    }

    private static String text(DaemonOption option, List<String> values, Map<String, String> environment) {
        boolean addsUp = option.value() instanceof OptionValue.Texts;
        String variable = EnvironmentOptions.variable(option);
        boolean byVariable = !environment.getOrDefault(variable, "").isEmpty();
        String source;
        if (!byVariable) {
            source = "command line";
        } else if (values.size() == 1) {
            source = variable;
        } else {
            source = addsUp ? "command line and " + variable : "command line, over " + variable;
        }
        String value = addsUp ? String.join(",", values) : values.getLast();
        return option.name() + " " + value + " (" + source + ")";
    }
}
