package io.registrator.net.http;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;

/**
 * One request.
 *
 * @param target path and query, percent-encoded already; sent as it stands
 * @param body JSON text; empty for none
 * @param deadline for all of it: waiting for a connection, connecting, sending, and reading the last byte of the reply
 */
public record HttpCall(
        String method, String target, ImmutableMap<String, String> headers, String body, Duration deadline) {

    public HttpCall {
        checkArgument(target.startsWith("/"), "a request's target starts with a slash: %s", target);
        checkArgument(deadline.isPositive(), "a request's deadline is positive: %s", deadline);
    }
}
