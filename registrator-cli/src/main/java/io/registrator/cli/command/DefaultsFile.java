package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the systemd unit, see EnvironmentFile in systemd.exec(5).
 *
 * @param options those of {@code REGISTRATOR_OPTS}
 * @param variables all others
 */
record DefaultsFile(Path path, List<String> options, Map<String, String> variables) {
    private static final Path OF_UNIT = Path.of("/etc/default/registrator");
    private static final String OPTIONS = "REGISTRATOR_OPTS";
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)=(.*?)\\s*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static DefaultsFile ofUnit() {
        return read(OF_UNIT);
    }

    /** Empty where there is none, or this user may not read it. */
    static DefaultsFile read(Path path) {
        ImmutableMap.Builder<String, String> variables = ImmutableMap.builder();
        ImmutableList<String> options = ImmutableList.of();
        try {
            for (String line : Files.readAllLines(path)) {
                Matcher assignment = ASSIGNMENT.matcher(line);
                if (!assignment.matches()) {
                    continue;
                }
                String value = unquoted(assignment.group(2));
                if (assignment.group(1).equals(OPTIONS)) {
                    options = words(value);
                } else if (!value.isEmpty()) {
                    variables.put(assignment.group(1), value);
                }
            }
        } catch (IOException none) {
            return new DefaultsFile(path, List.of(), Map.of());
        }
        return new DefaultsFile(path, options, variables.buildKeepingLast());
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static ImmutableList<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3))
                .collect(ImmutableList.toImmutableList());
    }
}
