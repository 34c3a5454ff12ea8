package io.registrator.cli.output;

import java.util.regex.Pattern;

/**
 * Text as a terminal and a log may show it: what others wrote into names, labels and answers must begin no line of its own,
 * move no cursor, and turn no text around.
 */
public final class Plain {
    /** Control characters, other line breaks, and those that change the direction of text. */
    static final String UNFIT = "[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]";

    private static final Pattern UNFIT_CHARACTER = Pattern.compile(UNFIT);

    private Plain() {}

    /** On one line, with a {@code ?} in place of what does not belong there. */
    public static String line(String text) {
        return UNFIT_CHARACTER.matcher(text).replaceAll("?");
    }
}
