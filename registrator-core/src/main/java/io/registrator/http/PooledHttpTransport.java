package io.registrator.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/**
 * Apache's classic client, with a deadline that holds always: each exchange runs on a virtual thread of its own, and its
 * caller stops waiting in time even where no socket timeout reaches (name resolution, unix sockets, a reply that trickles).
 */
final class PooledHttpTransport implements HttpTransport {
    private final CloseableHttpClient client;
    private final HttpHost host;
    private final Messages messages;
    private final Reasons reasons;

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
        HttpUriRequestBase request = messages.request(call);
        FutureTask<HttpReply> exchange = new FutureTask<>(() -> exchange(request));
        Thread.ofVirtual().name("http-exchange").start(exchange);
        try {
            return await(exchange, call.deadline());
        } finally {
            if (!exchange.isDone()) {
                request.cancel();
            }
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
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

    private HttpReply await(FutureTask<HttpReply> exchange, Duration deadline) throws IOException {
        try {
            return exchange.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + Reasons.words(deadline), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw reasons.of(Objects.requireNonNullElse(e.getCause(), e));
        }
    }
}
