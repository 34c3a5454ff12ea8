package io.registrator.registry.consul;

import com.ecwid.consul.json.GsonFactory;
import com.google.common.collect.ImmutableMap;
import com.google.common.escape.Escaper;
import com.google.common.net.UrlEscapers;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import io.registrator.net.http.HttpReply;
import io.registrator.registry.consul.AgentConnection.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Consul's key-value store: see its HTTP API documentation of {@code /v1/kv} and {@code /v1/txn}. Single keys are read and
 * written by transactions, which carry them in the body: since version 1.21.5 Consul refuses some keys in a path, such as those
 * with a colon (<a href="https://github.com/hashicorp/consul/issues/22822">Consul's issue 22822</a>).
 */
final class KvApi implements AutoCloseable {

    /** What Consul answers, with status 500, where it refuses a key in a path. */
    private static final String INVALID_KEY = "invalid key name";

    private static final Escaper SEGMENT = UrlEscapers.urlPathSegmentEscaper();
    private static final TypeToken<List<KvPair>> PAIRS = new TypeToken<>() {};

    private final AgentConnection connection;

    KvApi(AgentConnection connection) {
        this.connection = connection;
    }

    /**
     * A tree of keys.
     *
     * @param index to wait for a newer state with
     */
    record Tree(long index, ImmutableMap<String, KvPair> pairs) {}

    /** The keys that begin so. */
    ImmutableMap<String, KvPair> tree(String prefix) throws IOException {
        try {
            return tree(prefix, "?recurse", Duration.ZERO).pairs();
        } catch (RefusedException e) {
            if (e.body().contains(INVALID_KEY)) {
                return byKey(readTree(prefix));
            }
            throw e;
        }
    }

    /** The keys that begin so, once they are others than at {@code index}, or after {@code wait}. */
    Tree nextTree(String prefix, long index, Duration wait) throws IOException {
        String query = "?recurse&index=" + index + "&wait=" + wait.toSeconds() + "s";
        return tree(prefix, query, wait.plus(wait.dividedBy(16)));
    }

    /** A key with its value; also empty where the token may not read it. */
    Optional<KvPair> pair(String key) throws IOException {
        return readTree(key).stream().filter(pair -> pair.key().equals(key)).findFirst();
    }

    private List<KvPair> readTree(String prefix) throws IOException {
        String operations = GsonFactory.getGson().toJson(List.of(KvOperation.readTree(prefix)));
        Request request = Request.put("/v1/txn", operations, "key:read on \"" + prefix + "\"");
        return results(request, connection.ask(request).body());
    }

    /** Does all of it, or nothing; the new indices by key, or empty when a key was not as it should be. */
    Optional<ImmutableMap<String, Long>> transact(List<KvOperation> operations) throws IOException {
        String keys = operations.stream()
                .map(operation -> "\"" + operation.step().key() + "\"")
                .collect(Collectors.joining(" and "));
        Request request = Request.put("/v1/txn", GsonFactory.getGson().toJson(operations), "key:write on " + keys);
        try {
            return Optional.of(results(request, connection.ask(request).body()).stream()
                    .collect(ImmutableMap.toImmutableMap(KvPair::key, KvPair::index)));
        } catch (RefusedException e) {
            if (e.status() == HttpStatus.SC_CONFLICT && !e.body().contains("ermission denied")) {
                return Optional.empty();
            }
            throw e.status() == HttpStatus.SC_CONFLICT
                    ? new RefusedException(
                            e.getMessage() + Refusals.lacking(connection.asked(request.right())), 403, e.body())
                    : e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private Tree tree(String prefix, String query, Duration patience) throws IOException {
        Request request = Request.get("/v1/kv/" + path(prefix) + query, "key:list on \"" + prefix + "\"")
                .waiting(patience);
        try {
            HttpReply reply = connection.ask(request);
            return new Tree(
                    AgentConnection.index(reply.header(AgentConnection.INDEX)), byKey(pairs(request, reply.body())));
        } catch (RefusedException e) {
            if (e.status() == HttpStatus.SC_NOT_FOUND) {
                return new Tree(AgentConnection.index(e.header(AgentConnection.INDEX)), ImmutableMap.of());
            }
            throw e;
        }
    }

    private static ImmutableMap<String, KvPair> byKey(List<KvPair> pairs) {
        return pairs.stream().collect(ImmutableMap.toImmutableMap(KvPair::key, pair -> pair));
    }

    private List<KvPair> pairs(Request request, String body) throws IOException {
        try {
            return Objects.requireNonNull(GsonFactory.getGson().fromJson(body, PAIRS), "it is empty");
        } catch (JsonParseException | NullPointerException e) {
            throw connection.unreadable(request, e);
        }
    }

    private record Done(@SerializedName("Results") @Nullable List<Result> results) {}

    private record Result(@SerializedName("KV") KvPair pair) {}

    private List<KvPair> results(Request request, String body) throws IOException {
        try {
            Done done = Objects.requireNonNull(GsonFactory.getGson().fromJson(body, Done.class), "it is empty");
            return Optional.ofNullable(done.results()).orElse(List.of()).stream()
                    .map(Result::pair)
                    .toList();
        } catch (JsonParseException | NullPointerException e) {
            throw connection.unreadable(request, e);
        }
    }

    private static String path(String key) {
        return Arrays.stream(key.split("/", -1)).map(SEGMENT::escape).collect(Collectors.joining("/"));
    }
}
