package io.registrator.cli.option;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line that plainly runs the daemon, read by the table of options alone: {@code [options] [run] [options]
 * [registry-uri]}. Whatever is unusual, or wrong, is left to the parser of all commands, which knows what to say; what is
 * read here it would read just so.
 */
public final class PlainLine {
    private static final String RUN = "run";

    private final DaemonOptions options = new DaemonOptions();
    private final GivenSettings given = new GivenSettings();
    private final Map<String, DaemonOption> names = new HashMap<>();
    private final Set<String> beforeRun = new HashSet<>();
    private boolean run;
    private @Nullable String registry;

    private PlainLine() {
        for (DaemonOption option : options.all()) {
            names.put(option.name(), option);
            names.put(option.longName(), option);
        }
    }

    /** Empty where the line is not plain. */
    public static Optional<PlainLine> read(String[] arguments, Map<String, String> environment) {
        PlainLine line = new PlainLine();
        String[] all = EnvironmentOptions.prepend(arguments, environment, line.options);
        return line.take(List.of(all).iterator()) ? Optional.of(line) : Optional.empty();
    }

    public DaemonOptions options() {
        return options;
    }

    public GivenSettings given() {
        return given;
    }

    /** The registry's URI; null where none is given. */
    public @Nullable String registry() {
        return registry;
    }

    private boolean take(Iterator<String> words) {
        while (words.hasNext()) {
            String word = words.next();
            if (!(word.startsWith("-") ? takeOption(word, words) : takeWord(word))) {
                return false;
            }
        }
        return true;
    }

    /** A URI has a colon, and no command has one. */
    private boolean takeWord(String word) {
        if (registry != null) {
            return false;
        }
        if (word.equals(RUN) && !run) {
            run = true;
            return true;
        }
        registry = word;
        return word.indexOf(':') > 0;
    }

    private boolean takeOption(String word, Iterator<String> words) {
        int equals = word.indexOf('=');
        DaemonOption option = names.get(equals < 0 ? word : word.substring(0, equals));
        if (option == null || equals == word.length() - 1) {
            return false;
        }
        if (equals > 0) {
            return set(option, word.substring(equals + 1));
        }
        if (option.value() instanceof OptionValue.Flag) {
            return set(option, "true");
        }
        return words.hasNext() && set(option, words.next());
    }

    /** A value that looks like an option may have been meant as one. Texts that add up begin anew after a command. */
    private boolean set(DaemonOption option, String value) {
        if (value.isEmpty() || value.startsWith("-")) {
            return false;
        }
        if (!run) {
            beforeRun.add(option.name());
        } else if (option.value() instanceof OptionValue.Texts && beforeRun.contains(option.name())) {
            return false;
        }
        given.add(option, value);
        return option.value().accept(value);
    }
}
