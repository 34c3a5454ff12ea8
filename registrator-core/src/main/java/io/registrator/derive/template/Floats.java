package io.registrator.derive.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as Go writes them; a precision below 0 asks for as many digits as tell the number apart. */
final class Floats {
    /** Where none is given: of {@code %e} and {@code %f}, and the exponent from which on {@code %g} shows one. */
    private static final int DEFAULT_PRECISION = 6;

    private static final int LEAST_EXPONENT = -4;

    private Floats() {}

    /** {@code %f}. */
    static String fixed(double number, int precision) {
        if (!Double.isFinite(number)) {
            return special(number);
        }
        int digits = precision < 0 ? DEFAULT_PRECISION : precision;
        return sign(number)
                + exact(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** {@code %e}. */
    static String exponent(double number, int precision) {
        return Double.isFinite(number)
                ? sign(number) + scientific(exact(number), precision < 0 ? DEFAULT_PRECISION : precision)
                : special(number);
    }

    /** {@code %g}. */
    static String general(double number, int precision) {
        if (!Double.isFinite(number)) {
            return special(number);
        }
        if (number == 0) {
            return sign(number) + "0";
        }
        int significant = precision == 0 ? 1 : precision;
        BigDecimal value = precision < 0
                ? shortest(number)
                : exact(number).round(new MathContext(significant, RoundingMode.HALF_EVEN));
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        int limit = precision < 0 ? DEFAULT_PRECISION : significant;
        return sign(number)
                + (exponent < LEAST_EXPONENT || exponent >= limit
                        ? scientific(digits, digits.precision() - 1)
                        : digits.toPlainString());
    }

    private static String scientific(BigDecimal value, int decimals) {
        BigDecimal rounded = value.signum() == 0
                ? BigDecimal.ZERO.setScale(decimals)
                : value.round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String digits = value.signum() == 0
                ? "0".repeat(decimals + 1)
                : rounded.unscaledValue().toString() + "0".repeat(Math.max(0, decimals + 1 - rounded.precision()));
        return digits.charAt(0) + (decimals > 0 ? "." + digits.substring(1, decimals + 1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static BigDecimal shortest(double number) {
        return new BigDecimal(Double.toString(Math.abs(number)));
    }

    private static BigDecimal exact(double number) {
        return new BigDecimal(Math.abs(number));
    }

    private static String sign(double number) {
        return Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    }

    private static String special(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }
}
