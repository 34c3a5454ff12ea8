package io.registrator.cli.option;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.Switch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the daemon's options as our parser takes them where somebody has written them as Go's flag package does, which the
 * predecessor uses: {@code -internal=T} is {@code -internal=true}, {@code -resync 0x10} is {@code -resync=16}, and the word
 * after an option is its value also where it begins with a dash. What is neither is left for the parser to complain about.
 */
public final class GoSpelling {
    private static final String END_OF_OPTIONS = "--";
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*)");

    private final Map<String, DaemonOption> options = new HashMap<>();

    private GoSpelling(DaemonOptions options) {
        for (DaemonOption option : options.all()) {
            this.options.put(option.name(), option);
            this.options.put(option.longName(), option);
        }
    }

    /** The same arguments, in our spelling. */
    public static List<String> understood(List<String> arguments, DaemonOptions options) {
        return new GoSpelling(options).understood(arguments);
    }

    private List<String> understood(List<String> arguments) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals(END_OF_OPTIONS)) {
                words.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            int equals = word.indexOf('=');
            DaemonOption option = options.get(equals < 0 ? word : word.substring(0, equals));
            if (option == null) {
                words.add(word);
            } else if (equals >= 0) {
                words.add(word.substring(0, equals + 1) + value(option, word.substring(equals + 1)));
            } else if (takesNext(option, arguments, i)) {
                i++;
                words.add(word + "=" + value(option, arguments.get(i)));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    /** An option of ours is taken for what has been forgotten rather than for a value. */
    private boolean takesNext(DaemonOption option, List<String> arguments, int i) {
        return !(option.value() instanceof OptionValue.Flag)
                && i + 1 < arguments.size()
                && !options.containsKey(arguments.get(i + 1));
    }

    private static String value(DaemonOption option, String text) {
        return switch (option.value()) {
            case OptionValue.Flag flag -> yesOrNo(option, text);
            case OptionValue.Number number -> decimal(text);
            case OptionValue.Text other -> text;
            case OptionValue.Texts other -> text;
            case OptionValue.Choice<?> other -> text;
        };
    }

    private static String yesOrNo(DaemonOption option, String text) {
        try {
            return String.valueOf(Switch.parse(option.name(), text));
        } catch (ConfigException neither) {
            return text;
        }
    }

    /** With the bases and underscores of Go: see strconv.ParseInt with base 0. */
    private static String decimal(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        String digits = text.replace("_", "").replaceFirst("0[oO]", "0");
        try {
            return digits.matches("[+-]?0[bB].*")
                    ? String.valueOf(Integer.parseInt(digits.replaceFirst("0[bB]", ""), 2))
                    : String.valueOf(Integer.decode(digits));
        } catch (NumberFormatException tooLarge) {
            return text;
        }
    }
}
