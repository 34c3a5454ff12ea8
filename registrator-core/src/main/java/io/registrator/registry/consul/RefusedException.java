package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import io.registrator.net.http.HttpReply;
import java.io.IOException;
import java.util.Optional;

/** The agent answered with another status than 200. The message is complete: what was asked of whom, and the answer. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;
    private final transient ImmutableMap<String, String> headers;

    RefusedException(String message, int status, String body) {
        this(message, status, ImmutableMap.of(), body);
    }

    RefusedException(String message, HttpReply reply) {
        this(message, reply.status(), reply.headers(), reply.body());
    }

    private RefusedException(String message, int status, ImmutableMap<String, String> headers, String body) {
        super(message);
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    Optional<String> header(String name) {
        return new HttpReply(status, headers, body).header(name);
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }
}
