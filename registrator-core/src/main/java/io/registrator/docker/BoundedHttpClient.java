package io.registrator.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.google.common.util.concurrent.UncheckedTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the head of an answer no longer than {@code limit}; its body may then take for ever. For the event stream,
 * which docker-java opens on a thread that nobody else can reach before the answer has begun.
 */
final class BoundedHttpClient implements DockerHttpClient {
    private final DockerHttpClient delegate;
    private final Duration limit;

    BoundedHttpClient(DockerHttpClient delegate, Duration limit) {
        this.delegate = delegate;
        this.limit = limit;
    }

    @Override
    public Response execute(Request request) {
        try {
            return Deadline.call(limit, () -> executeUnlessGivenUp(request));
        } catch (TimeoutException e) {
            throw new UncheckedTimeoutException(e);
        } catch (ExecutionException e) {
            throw new UncheckedExecutionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedExecutionException(e);
        }
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }

    /** An answer that begins right at the deadline has no reader any more. */
    private Response executeUnlessGivenUp(Request request) throws InterruptedException {
        var response = delegate.execute(request);
        if (Thread.interrupted()) {
            response.close();
            throw new InterruptedException("given up");
        }
        return response;
    }
}
