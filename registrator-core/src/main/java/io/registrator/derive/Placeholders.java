package io.registrator.derive;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code $SERVICE_IP} and {@code $SERVICE_PORT}, also in braces. An IPv6 address is bracketed where a port or a
 * URL's path may follow, and bare elsewhere, as {@code ping} wants it.
 */
record Placeholders(Endpoint endpoint) {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$(?:\\{SERVICE_(?<braced>IP|PORT)}|SERVICE_(?<bare>IP|PORT)\\b)");

    String fillIn(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, text)));
    }

    private String value(MatchResult match, String text) {
        String name = match.group("braced") == null ? match.group("bare") : match.group("braced");
        return "PORT".equals(name) ? String.valueOf(endpoint.port().value()) : address(match, text);
    }

    private String address(MatchResult match, String text) {
        String address = endpoint.address().value();
        return IpAddresses.isIpv6(address)
                        && wantsBrackets(text.substring(0, match.start()), text.substring(match.end()))
                ? "[" + address + "]"
                : address;
    }

    private static boolean wantsBrackets(String before, String after) {
        return !before.endsWith("[") && (before.endsWith("//") || after.startsWith(":"));
    }
}
