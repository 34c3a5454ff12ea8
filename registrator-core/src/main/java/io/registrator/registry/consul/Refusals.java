package io.registrator.registry.consul;

import io.registrator.net.http.HttpReply;
import java.util.Locale;
import org.apache.hc.core5.http.HttpStatus;

/** Says what a refusal of an agent, or of a proxy before it, comes from, as far as the answer tells. */
final class Refusals {
    /** Consul's answer to a token that is mistyped, was deleted or has expired: it tells them apart no further. */
    private static final String UNKNOWN_TOKEN = "acl not found";

    private static final String DENIED = "permission denied";

    private Refusals() {}

    /**
     * What was sent with the request.
     *
     * @param right the ACL rule that the request needs; empty for none
     */
    record Asked(String right, boolean hasToken, boolean hasLogin) {}

    /** In parentheses after the answer, with a space before; empty where there is nothing to add. */
    static String advice(Asked asked, HttpReply reply) {
        return switch (reply.status()) {
            case HttpStatus.SC_FORBIDDEN -> forbidden(asked, reply.body().toLowerCase(Locale.ROOT));
            case HttpStatus.SC_UNAUTHORIZED -> unauthorized(asked, reply);
            default -> "";
        };
    }

    private static String forbidden(Asked asked, String answer) {
        if (answer.contains(UNKNOWN_TOKEN)) {
            return " (the token does not exist: it is mistyped, was deleted or has expired)";
        }
        return answer.contains(DENIED) && !asked.right().isEmpty() ? lacking(asked) : "";
    }

    /** What the policy of the token lacks, or of those who come without one. */
    static String lacking(Asked asked) {
        return asked.hasToken()
                ? " (the token needs " + asked.right() + ")"
                : " (no token is given; it takes one with " + asked.right() + ")";
    }

    /** Consul itself asks nobody for a user and password; what stands before it may. */
    private static String unauthorized(Asked asked, HttpReply reply) {
        if (reply.header("WWW-Authenticate").isEmpty()) {
            return "";
        }
        return asked.hasLogin()
                ? " (the user or password of CONSUL_HTTP_AUTH is wrong)"
                : " (it asks for a user and password: set CONSUL_HTTP_AUTH to USER:PASSWORD)";
    }
}
