package io.registrator.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** A Consul agent as a test looks at it: with nothing of the code under test in between. */
public final class Agent {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;

    public Agent(String address) {
        this.address = address;
    }

    static Agent of(ConsulAgentProcess process) {
        return new Agent(process.address().toString());
    }

    /** The registry URI for the daemon. */
    public String uri() {
        return "consul://" + address;
    }

    /** All services by ID. */
    Map<String, JsonObject> services() throws IOException, InterruptedException {
        Map<String, JsonObject> services = new TreeMap<>();
        JsonObject all = JsonParser.parseString(get("/v1/agent/services")).getAsJsonObject();
        all.entrySet()
                .forEach(entry -> services.put(entry.getKey(), entry.getValue().getAsJsonObject()));
        return services;
    }

    /** The IDs of the services of this node, as its registrator calls itself, whose container's name begins so. */
    Set<String> ids(String node, String containers) throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        services().keySet().stream()
                .filter(id -> id.startsWith(node + ":" + containers))
                .forEach(ids::add);
        return ids;
    }

    JsonObject service(String id) throws IOException, InterruptedException {
        JsonObject service = services().get(id);
        if (service == null) {
            throw new AssertionError("no service " + id + " among " + services().keySet());
        }
        return service;
    }

    /** The statuses of a service's checks. */
    List<String> checks(String id) throws IOException, InterruptedException {
        JsonObject all = JsonParser.parseString(get("/v1/agent/checks")).getAsJsonObject();
        return all.entrySet().stream()
                .map(Map.Entry::getValue)
                .map(JsonElement::getAsJsonObject)
                .filter(check -> check.get("ServiceID").getAsString().equals(id))
                .map(check -> check.get("Status").getAsString())
                .toList();
    }

    /** How many instances of this name pass all their checks, as a client of Consul sees it. */
    public int passing(String name) throws IOException, InterruptedException {
        JsonArray healthy = JsonParser.parseString(get("/v1/health/service/" + name + "?passing"))
                .getAsJsonArray();
        return healthy.size();
    }

    void awaitIds(String node, String containers, Collection<String> expected, Duration patience)
            throws InterruptedException {
        Set<String> sorted = new TreeSet<>(expected);
        await("services " + sorted, patience, () -> ids(node, containers).equals(sorted), () -> ids(node, containers));
    }

    private static void await(String what, Duration patience, Callable<Boolean> holds, Callable<?> now)
            throws InterruptedException {
        try {
            Await.until(what, patience, holds);
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; it is " + text(now), late);
        }
    }

    private static String text(Callable<?> now) {
        try {
            return String.valueOf(now.call());
        } catch (Exception e) {
            return e.toString();
        }
    }

    void register(String json) throws IOException, InterruptedException {
        send("PUT", "/v1/agent/service/register", json);
    }

    /** The newest entry of Consul's log: it grows with every write. */
    long lastLogIndex() throws IOException, InterruptedException {
        JsonObject self = JsonParser.parseString(get("/v1/agent/self")).getAsJsonObject();
        return self.getAsJsonObject("Stats")
                .getAsJsonObject("raft")
                .get("last_log_index")
                .getAsLong();
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, BodyPublishers.ofString(body))
                .build();
        var reply = HTTP.send(request, BodyHandlers.ofString());
        if (reply.statusCode() != 200) {
            throw new IOException(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply.body();
    }
}
