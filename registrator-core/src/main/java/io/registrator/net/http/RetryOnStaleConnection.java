package io.registrator.net.http;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends an idempotent request again, at once, when its kept-alive connection turns out to be dead. All other trouble
 * is for the caller to judge.
 */
final class RetryOnStaleConnection implements HttpRequestRetryStrategy {

    private final int most;

    /** @param most how often */
    RetryOnStaleConnection(int most) {
        this.most = most;
    }

    @Override
    public boolean retryRequest(HttpRequest request, IOException trouble, int attempt, HttpContext context) {
        return attempt <= most && isStale(trouble) && Method.isIdempotent(request.getMethod());
    }

    @Override
    public boolean retryRequest(HttpResponse response, int attempt, HttpContext context) {
        return false;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int attempt, HttpContext context) {
        return TimeValue.ZERO_MILLISECONDS;
    }

    /** Closed by the server before, or reset by one that has never heard of the connection. */
    private static boolean isStale(IOException trouble) {
        return trouble instanceof NoHttpResponseException
                || "Connection reset".equals(trouble.getMessage())
                || "Broken pipe".equals(trouble.getMessage());
    }
}
