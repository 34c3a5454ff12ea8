package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Iterables;
import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One {@code %} directive: its flags, width and precision, and what its verb makes of a value. */
final class Directive {
    private static final int NONE = -1;
    /** Deeper than what engines answer. */
    private static final int DEEPEST = 50;

    private boolean plus;
    private boolean minus;
    private boolean sharp;
    private boolean space;
    private boolean zero;
    private int width = NONE;
    private int precision = NONE;
    private int depth;

    /** Takes a flag; false if it is none. */
    boolean flag(char character) {
        switch (character) {
            case '+' -> plus = true;
            case '-' -> minus = true;
            case '#' -> sharp = true;
            case ' ' -> space = true;
            case '0' -> zero = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    void width(int columns) {
        width = columns;
    }

    void precision(int digits) {
        precision = digits;
    }

    String format(int verb, @Nullable Object value) {
        if (verb == 'T') {
            return padded(value == null ? "<nil>" : typeOf(value));
        }
        return switch (value) {
            case null -> verb == 'v' ? padded("<nil>") : "%!" + Character.toString(verb) + "(<nil>)";
            case Boolean bool -> verb == 'v' || verb == 't' ? padded(bool.toString()) : bad(verb, value);
            case Long number -> integer(verb, number);
            case Double number -> floating(verb, number);
            case String text -> text(verb, text);
            case List<?> list -> nested(() -> list(verb, list));
            case Map<?, ?> map -> nested(() -> map(verb, map));
            case Struct struct -> nested(() -> struct(verb, struct));
            default -> bad(verb, value);
        };
    }

    static String typeOf(Object value) {
        return Values.type(value);
    }

    private interface Inner {
        String text();
    }

    private String nested(Inner inner) {
        if (++depth > DEEPEST) {
            throw new FunctionException("prints values nested more than " + DEEPEST + " deep");
        }
        String text = inner.text();
        Limits.check(text);
        depth--;
        return text;
    }

    private String list(int verb, List<?> list) {
        Iterable<String> items = Iterables.transform(list, item -> format(verb, item));
        return isGoSyntax(verb)
                ? typeOf(list) + "{" + Limits.join(items, ", ") + "}"
                : "[" + Limits.join(items, " ") + "]";
    }

    private String map(int verb, Map<?, ?> map) {
        Iterable<String> entries = Iterables.transform(
                Values.sorted(map).entrySet(),
                entry -> format(verb, entry.getKey()) + ":" + format(verb, entry.getValue()));
        return isGoSyntax(verb)
                ? typeOf(map) + "{" + Limits.join(entries, ", ") + "}"
                : "map[" + Limits.join(entries, " ") + "]";
    }

    private String struct(int verb, Struct struct) {
        Iterable<String> fields = Iterables.transform(
                struct.fields().entrySet(),
                field -> (plus || sharp ? field.getKey() + ":" : "") + format(verb, field.getValue()));
        return "{" + Limits.join(fields, sharp ? ", " : " ") + "}";
    }

    private String text(int verb, String text) {
        String shown = precision == NONE ? text : firstCharacters(text, precision);
        return switch (verb) {
            case 'v' -> padded(sharp ? Quoted.quote(shown) : shown);
            case 's' -> padded(shown);
            case 'q' -> padded(sharp && shown.indexOf('`') < 0 ? "`" + shown + "`" : Quoted.quote(shown));
            case 'x' -> padded(hexadecimal(text).toLowerCase(Locale.ROOT));
            case 'X' -> padded(hexadecimal(text));
            default -> bad(verb, text);
        };
    }

    private String hexadecimal(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int length = precision == NONE ? bytes.length : Math.min(precision, bytes.length);
        BaseEncoding encoding = space ? BaseEncoding.base16().withSeparator(" ", 2) : BaseEncoding.base16();
        return (sharp && length > 0 ? "0x" : "") + encoding.encode(bytes, 0, length);
    }

    private String integer(int verb, long number) {
        return switch (verb) {
            case 'v', 'd' -> signed(number, 10, "");
            case 'b' -> signed(number, 2, sharp ? "0b" : "");
            case 'o' -> signed(number, 8, sharp ? "0" : "");
            case 'O' -> signed(number, 8, "0o");
            case 'x' -> signed(number, 16, sharp ? "0x" : "");
            case 'X' -> signed(number, 16, sharp ? "0X" : "").toUpperCase(Locale.ROOT);
            case 'c' -> padded(character(number));
            case 'q' -> padded(Quoted.quote(character(number), '\''));
            case 'U' -> padded(unicode(number));
            default -> bad(verb, number);
        };
    }

    private static String character(long number) {
        return number >= 0 && Character.isValidCodePoint((int) Math.min(number, Integer.MAX_VALUE))
                ? Character.toString((int) number)
                : "\ufffd";
    }

    private String unicode(long number) {
        String code = "U+%04X".formatted(number);
        return sharp ? code + " '" + character(number) + "'" : code;
    }

    private String signed(long number, int radix, String prefix) {
        String digits = Long.toString(number, radix).replace("-", "");
        String sign = number < 0 ? "-" : plus ? "+" : space ? " " : "";
        int least = precision;
        if (zero && !minus && precision == NONE && width > 0) {
            least = width - sign.length() - prefix.length();
        }
        if (precision == 0 && number == 0) {
            return padded("");
        }
        return filled(sign + prefix + "0".repeat(Math.max(0, least - digits.length())) + digits, ' ');
    }

    private String floating(int verb, double number) {
        String digits = switch (verb) {
            case 'v', 'g' -> Floats.general(number, precision);
            case 'G' -> Floats.general(number, precision).toUpperCase(Locale.ROOT);
            case 'e' -> Floats.exponent(number, precision);
            case 'E' -> Floats.exponent(number, precision).toUpperCase(Locale.ROOT);
            case 'f', 'F' -> Floats.fixed(number, precision);
            default -> "";
        };
        if (digits.isEmpty()) {
            return bad(verb, number);
        }
        String sign = digits.startsWith("-") ? "-" : plus ? "+" : space ? " " : "";
        String magnitude = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        boolean fill = zero && !minus && Double.isFinite(number);
        int missing = fill ? Math.max(0, width - sign.length() - magnitude.length()) : 0;
        return filled(sign + "0".repeat(missing) + magnitude, ' ');
    }

    private String padded(String text) {
        return filled(text, zero && !minus ? '0' : ' ');
    }

    private String filled(String text, char filler) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        String filling = String.valueOf(filler).repeat(missing);
        return minus ? text + filling : filling + text;
    }

    private boolean isGoSyntax(int verb) {
        return verb == 'v' && sharp;
    }

    private static String firstCharacters(String text, int count) {
        return text.codePointCount(0, text.length()) <= count
                ? text
                : text.substring(0, text.offsetByCodePoints(0, count));
    }

    /** What Go writes where a verb is not for this kind of value. */
    private static String bad(int verb, Object value) {
        return "%!" + Character.toString(verb) + "(" + typeOf(value) + "=" + Printf.text(value) + ")";
    }
}
