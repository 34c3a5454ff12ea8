package io.registrator.net.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/**
 * Apache's classic client, with a deadline that holds always, even where no socket timeout reaches (unix sockets, a reply
 * that trickles).
 */
final class PooledHttpTransport implements HttpTransport {
    private final CloseableHttpClient client;
    private final HttpHost host;
    private final Messages messages;
    private final Reasons reasons;
    private final Deadlines deadlines = new Deadlines();

    private PooledHttpTransport(CloseableHttpClient client, HttpHost host, Messages messages, Reasons reasons) {
        this.client = client;
        this.host = host;
        this.messages = messages;
        this.reasons = reasons;
    }

    static PooledHttpTransport open(HttpSettings settings) throws IOException {
        return new PooledHttpTransport(
                ApacheClients.create(settings),
                ApacheClients.host(settings.endpoint()),
                new Messages(settings.maxReplyBytes()),
                new Reasons(settings.isAnonymousTls()));
    }

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        try {
            return deadlines.call(call.deadline(), () -> exchange(messages.request(call)));
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + Reasons.words(call.deadline()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw reasons.of(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.close();
    }

    private HttpReply exchange(HttpUriRequestBase request) throws IOException {
        return client.execute(host, request, reply -> {
            try {
                return messages.reply(reply);
            } catch (OversizedReplyException e) {
                // Or the client would read the rest of it before it let go of the connection.
                request.cancel();
                throw e;
            }
        });
    }
}
