package io.registrator.net.http;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How to reach a server.
 *
 * @param tls used by TLS endpoints only
 * @param connections kept alive at most; also the number of requests at a time
 * @param connectTimeout for one TCP connection with its TLS handshake
 * @param maxReplyBytes a longer body is an error
 * @param replacesDead whether a request that finds its connection dead is sent again over another one, without a word; if
 *     not, it fails, which tells that the server may not be the same as before
 */
public record HttpSettings(
        HttpEndpoint endpoint,
        TlsSettings tls,
        int connections,
        Duration connectTimeout,
        int maxReplyBytes,
        boolean replacesDead) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_REPLY_BYTES = 64 << 20;

    public HttpSettings {
        checkArgument(connections > 0, "at least one connection: %s", connections);
        checkArgument(maxReplyBytes > 0, "a reply may have at least one byte: %s", maxReplyBytes);
    }

    /** With 5 s to connect and replies of at most 64 MiB. */
    public static HttpSettings of(HttpEndpoint endpoint, TlsSettings tls, int connections) {
        return new HttpSettings(endpoint, tls, connections, CONNECT_TIMEOUT, MAX_REPLY_BYTES, true);
    }

    /** The same with one connection, whose end is told. */
    public HttpSettings withOneConnectionOfItsOwn() {
        return new HttpSettings(endpoint, tls, 1, connectTimeout, maxReplyBytes, false);
    }

    /** Whether we speak TLS and show no certificate of our own. */
    boolean isAnonymousTls() {
        return endpoint instanceof HttpEndpoint.Tcp tcp && tcp.tls() && tls.certFile() == null;
    }
}
