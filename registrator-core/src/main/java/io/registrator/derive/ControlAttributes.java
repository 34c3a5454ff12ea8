package io.registrator.derive;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attributes that mean something to us. All others are the user's own. */
final class ControlAttributes {
    private static final Pattern NUMBERED = Pattern.compile("check_([1-9][0-9]{0,2})_(.*)", Pattern.DOTALL);
    private static final String TOKEN = "token";
    private static final ImmutableSortedSet<String> KNOWN = ImmutableSortedSet.of(
            "name",
            "tags",
            TagTemplates.ATTRIBUTE,
            "id",
            "ignore",
            "aliases",
            "bindings",
            "ip",
            "network",
            "internal",
            "register_on",
            "listen_timeout",
            "drain",
            "drain_timeout",
            "docker_health",
            "port",
            TOKEN,
            "enable_tag_override",
            "weight",
            "weight_passing",
            "weight_warning",
            "check_http",
            "check_https",
            "check_cmd",
            "check_script",
            "check_docker",
            "check_ttl",
            "check_ttl_heartbeat",
            "check_tcp",
            "check_grpc",
            "check_interval",
            "check_timeout",
            "check_http_method",
            "check_https_method",
            "check_header",
            "check_body",
            "check_tls_skip_verify",
            "check_tls_server_name",
            "check_grpc_use_tls",
            "check_initial_status",
            "check_deregister_after",
            "check_success_before_passing",
            "check_failures_before_critical",
            "check_failures_before_warning");

    private ControlAttributes() {}

    /** All of them, without the number of a numbered check. */
    static ImmutableSortedSet<String> known() {
        return KNOWN;
    }

    /** Whether it is kept out of the user's meta, even where it is misspelt. */
    static boolean isControl(String attribute) {
        return KNOWN.contains(attribute)
                || attribute.startsWith("check_")
                || attribute.startsWith("weight_")
                || isNearlyToken(attribute);
    }

    /** What was probably meant to be a secret is published by no misspelling. */
    private static boolean isNearlyToken(String attribute) {
        return nearest(attribute).filter(TOKEN::equals).isPresent();
    }

    static boolean isKnown(String attribute) {
        return KNOWN.contains(unnumbered(attribute));
    }

    /** The number in {@code check_2_http}. */
    static OptionalInt checkNumber(String attribute) {
        Matcher matcher = NUMBERED.matcher(attribute);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** The known attribute that an unknown one was probably meant to be. Short names must be nearer than long ones. */
    static Optional<String> nearest(String attribute) {
        String plain = unnumbered(attribute);
        return KNOWN.stream()
                .filter(known -> EditDistance.between(plain, known) <= tolerance(known))
                .min(Comparator.comparingInt(known -> EditDistance.between(plain, known)))
                .map(known -> plain.equals(attribute) ? known : numberedLike(attribute, known));
    }

    private static int tolerance(String known) {
        if (known.length() <= 3) {
            return 0;
        }
        return known.length() <= 5 ? 1 : 2;
    }

    private static String unnumbered(String attribute) {
        Matcher matcher = NUMBERED.matcher(attribute);
        return matcher.matches() ? "check_" + matcher.group(2) : attribute;
    }

    private static String numberedLike(String attribute, String known) {
        Matcher matcher = NUMBERED.matcher(attribute);
        return matcher.matches() ? known.replaceFirst("check_", "check_" + matcher.group(1) + "_") : known;
    }
}
