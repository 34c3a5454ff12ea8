package io.registrator.derive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.CharMatcher;
import java.util.regex.Pattern;

/** Text as a registry and a log can hold it. */
final class Text {
    /** What nearly every text consists of, and nothing is to be done about. */
    private static final CharMatcher PLAIN = CharMatcher.inRange(' ', '~');

    private static final Pattern LINE_BREAKERS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final int SHOWN_LENGTH = 80;

    private Text() {}

    /** The text with what UTF-8 cannot hold, halves of surrogate pairs, replaced. */
    static String wellFormed(String text) {
        return PLAIN.matchesAllOf(text) || UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(UTF_8), UTF_8);
    }

    /** The text for a message: on one line and not too long. */
    static String shown(String text) {
        if (text.length() <= SHOWN_LENGTH && PLAIN.matchesAllOf(text)) {
            return text;
        }
        String line = LINE_BREAKERS.matcher(text).replaceAll("?");
        return wellFormed(line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "…" : line);
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
