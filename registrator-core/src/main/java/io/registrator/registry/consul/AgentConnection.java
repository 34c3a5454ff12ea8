package io.registrator.registry.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import io.registrator.model.Secret;
import io.registrator.net.http.HttpCall;
import io.registrator.net.http.HttpReply;
import io.registrator.net.http.HttpSettings;
import io.registrator.net.http.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends requests to one agent, with our token, and says in every failure what was asked of whom. */
final class AgentConnection implements AutoCloseable {
    static final String INDEX = "X-Consul-Index";

    private static final int OK = 200;
    private static final int MAX_QUOTE = 300;

    private final HttpTransport transport;
    private final String peer;
    private final TokenSource token;
    private final Tenancy tenancy;
    private final Duration deadline;
    private final @Nullable Secret login;

    /**
     * @param peer what messages call the agent
     * @param login {@code USER:PASSWORD}; null for none
     */
    AgentConnection(
            HttpTransport transport,
            String peer,
            TokenSource token,
            Tenancy tenancy,
            Duration deadline,
            @Nullable Secret login) {
        this.transport = transport;
        this.login = login;
        this.tenancy = tenancy;
        this.peer = peer;
        this.token = token;
        this.deadline = deadline;
    }

    /**
     * With no connection open yet.
     *
     * @throws IOException when a certificate or key file cannot be used
     */
    static AgentConnection open(ConsulSettings settings) throws IOException {
        return open(settings, http(settings));
    }

    /**
     * For queries that the agent holds open: one connection of their own, whose end is an error. An agent that lost its data
     * has lower indices than before, and would hold a query with an old one open for as long as it may; so no such query must
     * get to another life of the agent than the one that the index is from.
     *
     * @throws IOException when a certificate or key file cannot be used
     */
    static AgentConnection openForWatch(ConsulSettings settings) throws IOException {
        return open(settings, http(settings).withOneConnectionOfItsOwn());
    }

    private static HttpSettings http(ConsulSettings settings) {
        return HttpSettings.of(settings.endpoint(), settings.tls(), settings.connections());
    }

    private static AgentConnection open(ConsulSettings settings, HttpSettings http) throws IOException {
        return new AgentConnection(
                HttpTransport.open(http),
                settings.endpoint().toString(),
                settings.token(),
                settings.tenancy(),
                settings.deadline(),
                settings.login());
    }

    /** The same connection with another token. Closing one closes both. */
    AgentConnection as(Secret other) {
        return new AgentConnection(transport, peer, other::value, tenancy, deadline, login);
    }

    /**
     * @param target path and query
     * @param right the ACL rule that the request needs, as messages word it; empty for none
     */
    record Request(String method, String target, String body, String right, Duration patience) {
        static Request get(String target, String right) {
            return new Request("GET", target, "", right, Duration.ZERO);
        }

        static Request put(String target, String body, String right) {
            return new Request("PUT", target, body, right, Duration.ZERO);
        }

        /** The same, for an agent that may hold its answer back for so long. */
        Request waiting(Duration patience) {
            return new Request(method, target, body, right, patience);
        }
    }

    /**
     * The reply, of status 200.
     *
     * @throws RefusedException when it is another
     */
    HttpReply ask(Request request) throws IOException {
        HttpReply reply = send(request);
        if (reply.status() != OK) {
            throw new RefusedException(
                    describe(request) + ": " + reply.status() + " " + quote(reply.body())
                            + Refusals.advice(asked(request.right()), reply),
                    reply);
        }
        return reply;
    }

    /** What is sent with a request that needs this right. */
    Refusals.Asked asked(String right) throws IOException {
        return new Refusals.Asked(right, !read(token).isEmpty(), login != null);
    }

    /** A complaint about the reply to {@code request}. */
    IOException unreadable(Request request, RuntimeException cause) {
        return new IOException(
                describe(request) + ": the answer is not what Consul answers: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        transport.close();
    }

    private HttpReply send(Request request) throws IOException {
        try {
            return transport.send(new HttpCall(
                    request.method(),
                    tenancy.in(request.target()),
                    headers(),
                    request.body(),
                    deadline.plus(request.patience())));
        } catch (IOException e) {
            throw new IOException(describe(request) + ": " + e.getMessage(), e);
        }
    }

    /** A header for the token, because one in the query would end up in access logs. */
    private ImmutableMap<String, String> headers() throws IOException {
        ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
        String secret = read(token);
        if (!secret.isEmpty()) {
            headers.put("X-Consul-Token", secret);
        }
        if (login != null) {
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.value().getBytes(UTF_8)));
        }
        return headers.buildOrThrow();
    }

    static String read(TokenSource tokens) throws IOException {
        try {
            return tokens.current();
        } catch (UncheckedIOException e) {
            throw new IOException("the ACL token cannot be read: " + e.getMessage(), e);
        }
    }

    private String describe(Request request) {
        return request.method() + " "
                + Splitter.on('?').split(request.target()).iterator().next() + " at " + peer;
    }

    private static String quote(String body) {
        String line = body.strip().lines().findFirst().orElse("");
        return line.length() <= MAX_QUOTE ? line : line.substring(0, MAX_QUOTE) + "…";
    }

    /** Where a blocking query goes on: 0, that it answers at once, where the header is missing or no number. */
    static long index(Optional<String> header) {
        Long index = header.map(Longs::tryParse).orElse(null);
        return index == null ? 0 : index;
    }
}
