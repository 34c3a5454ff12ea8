package io.registrator.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;

/** A Consul agent that keeps services, and no checks. */
final class PlayedConsul implements PlayedPeer {
    private static final String REGISTER = "/v1/agent/service/register";
    private static final String DEREGISTER = "/v1/agent/service/deregister/";
    private static final String SERVICE = "/v1/agent/service/";
    private static final String NODE_SERVICES = "/v1/catalog/node-services/";

    /** Between two answers to who waits for a change. */
    private static final Duration UNCHANGED = Duration.ofSeconds(1);

    private final Map<String, JsonObject> services = new ConcurrentSkipListMap<>();

    int count() {
        return services.size();
    }

    @Override
    public Optional<HttpEntity> answer(String path, ClassicHttpRequest request) throws IOException {
        return body(path, request).map(PlayedPeer::json);
    }

    private Optional<JsonElement> body(String path, ClassicHttpRequest request) throws IOException {
        return switch (path) {
            case "/v1/agent/self" ->
                Optional.of(JsonParser.parseString(
                        "{'Config': {'NodeName': 'host', 'Version': '1.22.0'}, 'Member': {'Addr': '127.0.0.1'}}"));
            case "/v1/status/leader" -> Optional.of(new JsonPrimitive("127.0.0.1:8300"));
            case "/v1/agent/services" -> Optional.of(all());
            case "/v1/agent/checks" -> Optional.of(new JsonObject());
            case REGISTER -> Optional.of(register(request.getEntity()));
            default -> other(path);
        };
    }

    private Optional<JsonElement> other(String path) throws IOException {
        if (path.startsWith(DEREGISTER)) {
            services.remove(path.substring(DEREGISTER.length()));
            return Optional.of(new JsonObject());
        }
        if (path.startsWith(SERVICE)) {
            return Optional.ofNullable(services.get(path.substring(SERVICE.length())));
        }
        return path.startsWith(NODE_SERVICES) ? Optional.of(node()) : Optional.empty();
    }

    private JsonElement register(HttpEntity body) throws IOException {
        JsonObject service = JsonParser.parseReader(new InputStreamReader(body.getContent(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        service.remove("Check");
        service.remove("Checks");
        service.add("Service", service.remove("Name"));
        services.put(service.get("ID").getAsString(), service);
        return new JsonObject();
    }

    private JsonObject all() {
        JsonObject all = new JsonObject();
        services.forEach(all::add);
        return all;
    }

    private JsonObject node() throws IOException {
        try {
            Thread.sleep(UNCHANGED);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        }
        JsonArray list = new JsonArray();
        services.values().forEach(list::add);
        JsonObject node = new JsonObject();
        node.add("Services", list);
        return node;
    }
}
