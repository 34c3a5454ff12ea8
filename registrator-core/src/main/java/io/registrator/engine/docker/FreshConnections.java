package io.registrator.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.google.common.base.Throwables;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Asks again, at once, when a kept-alive connection turns out to be dead. After the engine was restarted they all are, and the
 * client below cannot tell before it uses one; without this each would cost an attempt, with its wait. For requests that may
 * be made twice.
 */
final class FreshConnections implements DockerHttpClient {
    private final DockerHttpClient delegate;
    private final int connections;
    /** Each answer may have left a connection open; each dead one is one less. Never fewer than there are. */
    private final AtomicInteger kept = new AtomicInteger();

    /** @param connections that are kept alive at most */
    FreshConnections(DockerHttpClient delegate, int connections) {
        this.delegate = delegate;
        this.connections = connections;
    }

    @Override
    public Response execute(Request request) {
        while (true) {
            try {
                Response response = delegate.execute(request);
                kept.updateAndGet(count -> Math.min(count + 1, connections));
                return response;
            } catch (RuntimeException failed) {
                if (!isDeadConnection(failed) || kept.getAndUpdate(count -> Math.max(count - 1, 0)) == 0) {
                    throw failed;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }

    /** Closed by the other side before it has answered anything. */
    private static boolean isDeadConnection(RuntimeException failed) {
        return Throwables.getCausalChain(failed).stream().anyMatch(FreshConnections::isOfDeadConnection);
    }

    private static boolean isOfDeadConnection(Throwable cause) {
        if (cause instanceof NoHttpResponseException) {
            return true;
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean ended = message.contains("broken pipe") || message.contains("connection reset");
        return ended && cause instanceof IOException && !(cause instanceof ConnectException);
    }
}
