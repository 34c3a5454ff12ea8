package io.registrator.http;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How to reach a server.
 *
 * @param tls used by TLS endpoints only
 * @param connections kept alive at most; also the number of requests at a time
 * @param connectTimeout for one TCP connection with its TLS handshake
 * @param maxReplyBytes a longer body is an error
 */
public record HttpSettings(
        HttpEndpoint endpoint, TlsSettings tls, int connections, Duration connectTimeout, int maxReplyBytes) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_REPLY_BYTES = 64 << 20;

    public HttpSettings {
        checkArgument(connections > 0, "at least one connection: %s", connections);
        checkArgument(maxReplyBytes > 0, "a reply may have at least one byte: %s", maxReplyBytes);
    }

    /** With 5 s to connect and replies of at most 64 MiB. */
    public static HttpSettings of(HttpEndpoint endpoint, TlsSettings tls, int connections) {
        return new HttpSettings(endpoint, tls, connections, CONNECT_TIMEOUT, MAX_REPLY_BYTES);
    }

    /** Whether we speak TLS and show no certificate of our own. */
    boolean isAnonymousTls() {
        return endpoint instanceof HttpEndpoint.Tcp tcp && tcp.tls() && tls.certFile() == null;
    }
}
