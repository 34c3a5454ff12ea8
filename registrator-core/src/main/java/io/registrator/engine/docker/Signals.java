package io.registrator.engine.docker;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of signals as Linux has them (signal(7)), by the names that images and engines use. */
final class Signals {
    private static final ImmutableMap<String, Integer> NUMBERS = ImmutableMap.<String, Integer>builder()
            .put("HUP", 1)
            .put("INT", 2)
            .put("QUIT", 3)
            .put("ABRT", 6)
            .put("KILL", 9)
            .put("USR1", 10)
            .put("USR2", 12)
            .put("PIPE", 13)
            .put("ALRM", 14)
            .put("TERM", 15)
            .put("CONT", 18)
            .put("STOP", 19)
            .put("TSTP", 20)
            .put("WINCH", 28)
            .put("PWR", 30)
            .put("RTMIN", 34)
            .put("RTMAX", 64)
            .buildOrThrow();
    private static final Pattern REAL_TIME = Pattern.compile("(RTMIN|RTMAX)([+-][0-9]{1,2})");

    private Signals() {}

    /** {@code SIGTERM}, {@code term}, {@code 15} and {@code SIGRTMIN+3}; empty for a word that is no such signal. */
    static Optional<Integer> number(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        String name = word.startsWith("SIG") ? word.substring(3) : word;
        return Optional.ofNullable(NUMBERS.get(name))
                .or(() -> Optional.ofNullable(Ints.tryParse(name)))
                .or(() -> realTime(name));
    }

    private static Optional<Integer> realTime(String name) {
        Matcher matcher = REAL_TIME.matcher(name);
        return matcher.matches()
                ? Optional.of(NUMBERS.getOrDefault(matcher.group(1), 0) + Integer.parseInt(matcher.group(2)))
                : Optional.empty();
    }
}
