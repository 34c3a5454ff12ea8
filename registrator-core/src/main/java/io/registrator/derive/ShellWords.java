package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Splits a command into its words as a shell would: blanks, quotes and backslashes. Expands nothing. */
final class ShellWords {
    private final String command;
    private final ImmutableList.Builder<String> words = ImmutableList.builder();
    private @Nullable StringBuilder word;
    private int at;

    private ShellWords(String command) {
        this.command = command;
    }

    /** Empty where a quote is not closed, or nothing follows a backslash. */
    static Optional<ImmutableList<String>> split(String command) {
        return new ShellWords(command).split();
    }

    private Optional<ImmutableList<String>> split() {
        while (at < command.length()) {
            if (!take(command.charAt(at++))) {
                return Optional.empty();
            }
        }
        endWord();
        return Optional.of(words.build());
    }

    private boolean take(char c) {
        return switch (c) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\'' -> takeSingleQuoted();
            case '"' -> takeDoubleQuoted();
            case '\\' -> takeEscaped();
            default -> append(c);
        };
    }

    private boolean takeSingleQuoted() {
        int end = command.indexOf('\'', at);
        if (end < 0) {
            return false;
        }
        current().append(command, at, end);
        at = end + 1;
        return true;
    }

    private boolean takeDoubleQuoted() {
        current();
        while (at < command.length()) {
            char c = command.charAt(at++);
            if (c == '"') {
                return true;
            }
            append(c == '\\' && isEscapableInQuotes() ? command.charAt(at++) : c);
        }
        return false;
    }

    private boolean isEscapableInQuotes() {
        return at < command.length() && "\"\\$`".indexOf(command.charAt(at)) >= 0;
    }

    private boolean takeEscaped() {
        return at < command.length() && append(command.charAt(at++));
    }

    private boolean append(char c) {
        current().append(c);
        return true;
    }

    private StringBuilder current() {
        if (word == null) {
            word = new StringBuilder();
        }
        return word;
    }

    private boolean endWord() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
        return true;
    }
}
