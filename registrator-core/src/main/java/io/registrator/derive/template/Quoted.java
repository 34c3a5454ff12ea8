package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Strings as Go's source writes them. */
final class Quoted {
    private Quoted() {}

    /**
     * What stands between the quotes, understood.
     *
     * @throws FunctionException for an escape that there is none
     */
    static String unescape(String body, char quote) {
        // Go's \\x and octal escapes are bytes, of which several may make a character.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length()) {
            if (body.charAt(at) == '\\') {
                at = escape(body, at, quote, bytes);
            } else {
                int character = body.codePointAt(at);
                bytes.writeBytes(Character.toString(character).getBytes(UTF_8));
                at += Character.charCount(character);
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int escape(String body, int at, char quote, ByteArrayOutputStream bytes) {
        char letter = at + 1 < body.length() ? body.charAt(at + 1) : ' ';
        int simple = "abfnrtv\\".indexOf(letter);
        if (simple >= 0) {
            bytes.write("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
            return at + 2;
        }
        if (letter == quote) {
            bytes.write(quote);
            return at + 2;
        }
        return switch (letter) {
            case 'x' -> number(body, at + 2, 2, 16, bytes, false);
            case 'u' -> number(body, at + 2, 4, 16, bytes, true);
            case 'U' -> number(body, at + 2, 8, 16, bytes, true);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> number(body, at + 1, 3, 8, bytes, false);
            default -> throw new FunctionException("unknown escape \\" + letter);
        };
    }

    private static int number(
            String body, int from, int digits, int radix, ByteArrayOutputStream bytes, boolean character) {
        int end = from + digits;
        try {
            int value = Integer.parseInt(body.substring(from, Math.min(end, body.length())), radix);
            if (end > body.length() || (character ? !Character.isValidCodePoint(value) : value > 0xff)) {
                throw new FunctionException("bad escape in " + quote(body));
            }
            if (character) {
                bytes.writeBytes(Character.toString(value).getBytes(UTF_8));
            } else {
                bytes.write(value);
            }
            return end;
        } catch (NumberFormatException bad) {
            throw new FunctionException("bad escape in " + quote(body));
        }
    }

    /** With double quotes, and escapes for all that cannot be printed. */
    static String quote(String text) {
        return quote(text, '"');
    }

    static String quote(String text, char quote) {
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(character -> quoted.append(escaped(character, quote)));
        return quoted.append(quote).toString();
    }

    private static String escaped(int character, char quote) {
        int simple = "\u0007\b\f\n\r\t\u000b\\".indexOf(character);
        if (simple >= 0) {
            return "\\" + "abfnrtv\\".charAt(simple);
        }
        if (character == quote) {
            return "\\" + quote;
        }
        if (character == ' ' || isPrintable(character)) {
            return Character.toString(character);
        }
        if (character < ' ' || character == 0x7f) {
            return "\\x%02x".formatted(character);
        }
        return character < 0x10000 ? "\\u%04x".formatted(character) : "\\U%08x".formatted(character);
    }

    static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
