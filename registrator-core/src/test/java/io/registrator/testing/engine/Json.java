package io.registrator.testing.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words of JSON, as Go's encoder writes them. */
final class Json {
    private Json() {}

    static String text(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder(value.length() + 2).append('"');
        value.chars().forEach(character -> append(json, (char) character));
        return json.append('"').toString();
    }

    static String texts(List<String> values) {
        return array(values, Json::text);
    }

    static <T> String array(List<T> values, Function<T, String> element) {
        return values.stream().map(element).collect(Collectors.joining(",", "[", "]"));
    }

    static String texts(Map<String, String> members) {
        return object(members, Json::text);
    }

    static <T> String object(Map<String, T> members, Function<T, String> value) {
        return members.entrySet().stream()
                .map(member -> text(member.getKey()) + ":" + value.apply(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void append(StringBuilder json, char character) {
        switch (character) {
            case '"', '\\' -> json.append('\\').append(character);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (character < ' ' || character == '<' || character == '>' || character == '&') {
                    json.append("\\u%04x".formatted((int) character));
                } else {
                    json.append(character);
                }
            }
        }
    }
}
