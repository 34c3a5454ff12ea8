package io.registrator.derive.template;

import com.google.common.base.CharMatcher;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Number constants as Go writes them. */
final class Numbers {
    private static final CharMatcher OF_FLOATS = CharMatcher.anyOf(".eEpP");

    private Numbers() {}

    /** A {@link Long}, or a {@link Double} for what has a point or an exponent. */
    static Object parse(Token token) {
        String text = token.text().replace("_", "");
        try {
            boolean hexadecimal = text.contains("0x") || text.contains("0X");
            if (hexadecimal ? CharMatcher.anyOf("pP").matchesAnyOf(text) : OF_FLOATS.matchesAnyOf(text)) {
                return Double.valueOf(text);
            }
            return integer(text).longValueExact();
        } catch (NumberFormatException bad) {
            throw Tokens.error(token, "bad number syntax: \"" + token.text() + "\"");
        } catch (ArithmeticException large) {
            throw Tokens.error(token, "integer overflow: \"" + token.text() + "\"");
        }
    }

    private static BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger value = unsigned(digits);
        return negative ? value.negate() : value;
    }

    private static BigInteger unsigned(String digits) {
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            return switch (digits.charAt(1)) {
                case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
                case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
                case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
                default -> new BigInteger(digits, 8);
            };
        }
        return new BigInteger(digits);
    }

    /** An integer where one is expected; null for anything else. */
    static @Nullable Long integerOrNull(@Nullable Object value) {
        return value instanceof Long number ? number : null;
    }
}
