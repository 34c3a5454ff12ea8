package io.registrator.derive;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text as it will be in a registry: UTF-8. */
final class Text {
    private Text() {}

    /** The text with what UTF-8 cannot hold, halves of surrogate pairs, replaced. */
    static String wellFormed(String text) {
        return UTF_8.newEncoder().canEncode(text) ? text : new String(text.getBytes(UTF_8), UTF_8);
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
