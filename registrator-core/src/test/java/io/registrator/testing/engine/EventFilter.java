package io.registrator.testing.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query's {@code filters}, of which {@code type} and {@code event} are known: as lists, or as objects of which {@code
 * true} values count. An action's detail, as in {@code health_status: healthy}, is not compared.
 */
record EventFilter(List<String> types, List<String> actions) {
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    EventFilter {
        types = List.copyOf(types);
        actions = List.copyOf(actions);
    }

    static EventFilter of(@Nullable String filters) {
        String json = filters == null ? "" : filters;
        return new EventFilter(values(json, "type"), values(json, "event"));
    }

    boolean passes(EngineEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (actions.isEmpty() || actions.contains(word(event.action())));
    }

    private static List<String> values(String json, String key) {
        Matcher member = Pattern.compile("\"" + key + "\"\\s*:\\s*[\\[{]([^\\]}]*)[\\]}]")
                .matcher(json);
        List<String> values = new ArrayList<>();
        if (member.find()) {
            TEXT.matcher(member.group(1)).results().forEach(text -> values.add(text.group(1)));
        }
        return values;
    }

    private static String word(String action) {
        int colon = action.indexOf(':');
        return colon < 0 ? action : action.substring(0, colon);
    }
}
