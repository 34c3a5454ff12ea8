package io.registrator.net.http;

import java.io.IOException;

/**
 * Sends requests to one server over a few kept-alive connections. Any number of threads, virtual ones too, may send at
 * once; those beyond the number of connections wait their turn inside their deadline. Redirects are never followed.
 */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends the request and reads the whole reply, whatever its status.
     *
     * @throws IOException when there is no whole reply within the call's deadline; its message is one line that says why,
     *     without naming the call. The request may or may not have been carried out.
     */
    HttpReply send(HttpCall call) throws IOException;

    /** Cuts all connections; calls under way fail. */
    @Override
    void close();

    /**
     * A transport with no connection open yet.
     *
     * @throws IOException when a certificate or key file cannot be used
     */
    static HttpTransport open(HttpSettings settings) throws IOException {
        return PooledHttpTransport.open(settings);
    }
}
