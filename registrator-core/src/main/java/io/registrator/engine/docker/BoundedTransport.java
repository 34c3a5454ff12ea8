package io.registrator.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import io.registrator.net.http.Deadlines;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * docker-java's HTTP client with bounds: the head of an event stream has to come, and the rest of an event that has begun,
 * before a deadline; and an answer that is read into memory as a whole may not be longer than some megabytes. How long a
 * whole call may take is for its caller to say.
 */
final class BoundedTransport implements DockerHttpClient {
    /** A container with more than that in its configuration is not one of this program's. */
    static final int LONGEST_ANSWER = 4 << 20;

    private static final String EVENTS = "/events?";
    private static final String LISTING = "/containers/json?";

    private final DockerHttpClient calls;
    private final DockerHttpClient streams;
    private final Deadlines deadlines;
    private final DockerSettings settings;
    private final Consumer<Response> answered;

    /**
     * @param connections that {@code http} keeps alive at most
     * @param answered is told of each answer's head
     */
    BoundedTransport(
            DockerHttpClient http,
            int connections,
            Deadlines deadlines,
            DockerSettings settings,
            Consumer<Response> answered) {
        this.calls = new FreshConnections(http, connections);
        // Whoever opens a stream has just asked the time, and found all dead connections.
        this.streams = http;
        this.deadlines = deadlines;
        this.settings = settings;
        this.answered = answered;
    }

    @Override
    public Response execute(Request request) {
        boolean endless = request.path().contains(EVENTS);
        Response response = endless ? open(request) : calls.execute(request);
        answered.accept(response);
        if (endless) {
            return new Bounded(response, new WholeEvents(response));
        }
        // Its rows are read one by one.
        return request.path().contains(LISTING) ? response : new Bounded(response, new Limited(response.getBody()));
    }

    @Override
    public void close() throws IOException {
        calls.close();
    }

    private Response open(Request request) {
        try {
            return deadlines.call(settings.listDeadline(), () -> streams.execute(request));
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer with another body. */
    private record Bounded(Response response, InputStream body) implements Response {
        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /** Fails with {@link OversizedAnswerException} where a body goes on too long. */
    private static final class Limited extends FilterInputStream {
        private int left = LONGEST_ANSWER;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            count(count);
            return count;
        }

        private void count(int read) throws IOException {
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new OversizedAnswerException(LONGEST_ANSWER);
            }
        }
    }

    /** Closes the stream when it falls silent in the middle of an event, each of which ends with a brace and a line. */
    private final class WholeEvents extends FilterInputStream {
        private final Response response;
        private Deadlines.@Nullable Alarm alarm;
        private volatile boolean stuck;

        WholeEvents(Response response) {
            super(response.getBody());
            this.response = response;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int count = super.read(target, offset, length);
                watch(count > 0 && !isEnd(target[offset + count - 1]));
                return count;
            } catch (IOException e) {
                watch(false);
                throw stuck ? new IOException("it fell silent in the middle of an event") : e;
            }
        }

        private void watch(boolean isInsideAnEvent) {
            if (isInsideAnEvent && alarm == null) {
                alarm = deadlines.set(settings.inspectDeadline(), this::cut);
            } else if (!isInsideAnEvent && alarm != null) {
                alarm.close();
                alarm = null;
            }
        }

        private void cut() {
            stuck = true;
            response.close();
        }

        private static boolean isEnd(byte last) {
            return last == '}' || Character.isWhitespace(last);
        }
    }
}
