package io.registrator.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them, and with it Consul and the container world: {@code 10s}, {@code 1m30s}, {@code 1.5h},
 * {@code 500ms}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go's time.ParseDuration</a>
 */
public final class GoDuration {
    private static final String NUMBER = "([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)";
    private static final Pattern TERM = Pattern.compile(NUMBER + "(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:" + TERM.pattern() + ")+");
    private static final Pattern ZERO = Pattern.compile("[-+]?0");
    private static final BigInteger MAX_NANOS = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MAX_LENGTH = 100;

    private GoDuration() {}

    /** The duration that the text says; empty where Go would not take it: {@code 10}, {@code 1d}, more than 292 years. */
    public static Optional<Duration> parse(String text) {
        if (ZERO.matcher(text).matches()) {
            return Optional.of(Duration.ZERO);
        }
        if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigInteger nanos = nanos(TERM.matcher(text));
        return nanos.compareTo(MAX_NANOS) > 0 ? Optional.empty() : Optional.of(signed(text, nanos));
    }

    /** The duration as Go prints it: {@code 1m30s}, {@code 10m0s}, {@code 1.5s}, {@code 250ms}. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        return duration.compareTo(Duration.ofSeconds(1)) < 0
                ? fractionOfSecond(duration.toNanos())
                : hoursToSeconds(duration);
    }

    private static BigInteger nanos(Matcher terms) {
        BigInteger sum = BigInteger.ZERO;
        while (terms.find()) {
            BigDecimal term = new BigDecimal(terms.group(1)).multiply(unit(terms.group(2)));
            sum = sum.add(term.setScale(0, RoundingMode.DOWN).toBigInteger());
        }
        return sum;
    }

    private static BigDecimal unit(String word) {
        return BigDecimal.valueOf(
                switch (word) {
                    case "ns" -> 1L;
                    case "us", "µs", "μs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> throw new IllegalArgumentException(word);
                });
    }

    private static Duration signed(String text, BigInteger nanos) {
        Duration duration = Duration.ofNanos(nanos.longValueExact());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    private static String fractionOfSecond(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
    }

    private static String hoursToSeconds(Duration duration) {
        String seconds = decimal(duration.minusMinutes(duration.toMinutes()).toNanos(), 9) + "s";
        if (duration.toMinutes() == 0) {
            return seconds;
        }
        String minutes = duration.toMinutesPart() + "m" + seconds;
        return duration.toHours() == 0 ? minutes : duration.toHours() + "h" + minutes;
    }

    private static String decimal(long unscaled, int scale) {
        BigDecimal value = BigDecimal.valueOf(unscaled, scale).stripTrailingZeros();
        return value.toPlainString();
    }
}
