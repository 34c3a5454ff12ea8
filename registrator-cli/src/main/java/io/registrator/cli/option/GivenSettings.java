package io.registrator.cli.option;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Which options were given, and from where, in one line. Options hold no secrets: those come by variables of their own. */
public final class GivenSettings {
    private final Map<String, Given> byName = new LinkedHashMap<>();

    /** Notes one value of an option, in the order in which they were given. */
    public void add(DaemonOption option, String value) {
        byName.computeIfAbsent(option.name(), name -> new Given(option, new ArrayList<>()))
                .values()
                .add(value);
    }

    /** What was given. */
    public ImmutableMap<DaemonOption, List<String>> values() {
        ImmutableMap.Builder<DaemonOption, List<String>> values = ImmutableMap.builder();
        byName.values().forEach(given -> values.put(given.option(), List.copyOf(given.values())));
        return values.buildOrThrow();
    }

    /** @param environment from which {@link EnvironmentOptions} has taken some of them */
    public String text(Map<String, String> environment) {
        StringJoiner all = new StringJoiner(", ");
        byName.values().forEach(given -> all.add(given.text(environment)));
        return byName.isEmpty() ? "all settings as by default" : all + "; all others as by default";
    }

    private record Given(DaemonOption option, List<String> values) {

        private String text(Map<String, String> environment) {
            boolean addsUp = option.value() instanceof OptionValue.Texts;
            String value = addsUp ? String.join(",", values) : values.getLast();
            return option.name() + " " + value + " (" + source(addsUp, environment) + ")";
        }

        private String source(boolean addsUp, Map<String, String> environment) {
            String variable = EnvironmentOptions.variable(option);
            if (environment.getOrDefault(variable, "").isEmpty()) {
                return "command line";
            }
            if (values.size() == 1) {
                return variable;
            }
            return addsUp ? "command line and " + variable : "command line, over " + variable;
        }
    }
}
