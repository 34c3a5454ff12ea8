package io.registrator.derive;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.primitives.Ints;
import io.registrator.model.ContainerPort;
import io.registrator.model.Protocol;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A metadata key without its prefix, understood: {@code 80_NAME} is the attribute {@code name} of port 80.
 *
 * @param attribute in lower case
 */
record MetadataKey(Scope scope, String attribute) {
    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
    private static final Pattern PORT = Pattern.compile("([0-9]+)_(?:(tcp|udp|sctp)_)?(.*)", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("([0-9]+)-([0-9]+)_(.*)", Pattern.DOTALL);
    private static final Scope EVERY_PORT = new Scope.EveryPort();
    private static final Scope NO_PORT = new Scope.NoPort();

    static MetadataKey parse(String withoutPrefix) {
        String key = withoutPrefix.toLowerCase(Locale.ROOT);
        return key.isEmpty() || !DIGIT.matches(key.charAt(0)) ? new MetadataKey(EVERY_PORT, key) : withNumber(key);
    }

    private static MetadataKey withNumber(String key) {
        Matcher port = PORT.matcher(key);
        if (port.matches()) {
            return new MetadataKey(onePort(number(port.group(1)), port.group(2)), port.group(3));
        }
        Matcher range = RANGE.matcher(key);
        return range.matches()
                ? new MetadataKey(portRange(number(range.group(1)), number(range.group(2))), range.group(3))
                : new MetadataKey(EVERY_PORT, key);
    }

    private static Scope onePort(int number, @Nullable String protocol) {
        if (number == 0) {
            return NO_PORT;
        }
        return protocol == null
                ? new Scope.OnePort(number)
                : new Scope.OnePortAndProtocol(
                        new ContainerPort(number, Protocol.valueOf(Ascii.toUpperCase(protocol))));
    }

    private static Scope portRange(int from, int to) {
        return from == 0 || to < from ? NO_PORT : new Scope.PortRange(from, to);
    }

    /** The port number; 0 for what is none or is written with leading zeros. */
    private static int number(String digits) {
        Integer number = Ints.tryParse(digits);
        return number == null || digits.startsWith("0") || number > 65_535 ? 0 : number;
    }
}
