package io.registrator.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** An engine with some running containers, each with one port, which is published. */
final class PlayedEngine implements PlayedPeer {
    private static final String CONTAINERS = "/containers/";
    private static final String INSPECT = "/json";

    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.UPPER_CAMEL_CASE)
            .create();

    private final int port;
    private final Map<String, Running> running = new ConcurrentSkipListMap<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicInteger listings = new AtomicInteger();

    /** @param port of every container; somebody should listen there, at 127.0.0.1 */
    PlayedEngine(int port) {
        this.port = port;
    }

    /** As an engine does it: the network first, and an inspect that comes between the events shows the run already. */
    void start(int number) {
        running.put(id(number), new Running(number, Instant.now().plusMillis(1)));
        tellOfNetwork(number, "connect");
        tell(number, "start", Map.of());
    }

    void stop(int number) {
        tell(number, "kill", Map.of("signal", "15"));
        running.remove(id(number));
        tell(number, "die", Map.of("exitCode", "0"));
        tellOfNetwork(number, "disconnect");
        tell(number, "destroy", Map.of());
    }

    int listings() {
        return listings.get();
    }

    @Override
    public Optional<HttpEntity> answer(String path, ClassicHttpRequest request) {
        return switch (path) {
            case "/_ping", "/version" ->
                Optional.of(PlayedPeer.json(parse("{'Version': '28.0', 'ApiVersion': '1.52'}")));
            case "/info" ->
                Optional.of(PlayedPeer.json(parse(
                        "{'Name': 'host', 'ServerVersion': '28.0', 'OperatingSystem': 'Linux', 'OSType': 'linux'}")));
            case "/containers/json" -> Optional.of(PlayedPeer.json(listing()));
            case "/events" -> Optional.of(new EntityTemplate(ContentType.APPLICATION_JSON, this::stream));
            default -> container(path);
        };
    }

    private Optional<HttpEntity> container(String path) {
        if (!path.startsWith(CONTAINERS) || !path.endsWith(INSPECT)) {
            return Optional.empty();
        }
        String id = path.substring(CONTAINERS.length(), path.length() - INSPECT.length());
        return Optional.ofNullable(running.get(id)).map(container -> PlayedPeer.json(inspect(container)));
    }

    private JsonArray listing() {
        listings.incrementAndGet();
        JsonArray rows = new JsonArray();
        running.forEach((id, container) -> rows.add(parse("""
                {'Id': '%1$s', 'Names': ['/web%2$d'], 'Image': 'web', 'Created': 1767225600, 'State': 'running',
                 'Status': 'Up 1 second', 'Labels': {'SERVICE_META_team': 'web'},
                 'HostConfig': {'NetworkMode': 'bridge'},
                 'Ports': [{'IP': '0.0.0.0', 'PrivatePort': %3$d, 'PublicPort': %3$d, 'Type': 'tcp'}],
                 'NetworkSettings': {'Networks': {'bridge': {'IPAddress': '127.0.0.1'}}}}
                """.formatted(id, container.number(), port))));
        return rows;
    }

    private JsonElement inspect(Running container) {
        return parse("""
                {'Id': '%1$s', 'Name': '/web%2$d', 'Created': '2026-01-01T00:00:00Z',
                 'State': {'Status': 'running', 'Running': true, 'Paused': false, 'Restarting': false, 'Dead': false,
                           'Pid': 2, 'ExitCode': 0, 'StartedAt': '%4$s',
                           'FinishedAt': '0001-01-01T00:00:00Z'},
                 'HostConfig': {'NetworkMode': 'bridge',
                                'PortBindings': {'%3$d/tcp': [{'HostIp': '', 'HostPort': ''}]}},
                 'Config': {'Hostname': 'web', 'Image': 'web', 'ExposedPorts': {'%3$d/tcp': {}},
                            'Env': ['PATH=/bin', 'SERVICE_TAGS=a,b', 'SERVICE_CHECK_HTTP=/'],
                            'Labels': {'SERVICE_META_team': 'web'}},
                 'NetworkSettings': {'Ports': {'%3$d/tcp': [{'HostIp': '0.0.0.0', 'HostPort': '%3$d'}]},
                                     'Networks': {'bridge': {'NetworkID': 'b', 'IPAddress': '127.0.0.1', 'IPPrefixLen': 16,
                                                             'Gateway': '172.17.0.1', 'GlobalIPv6Address': ''}}}}
                """.formatted(id(container.number()), container.number(), port, container.startedAt()));
    }

    private void tell(int number, String action, Map<String, String> attributes) {
        tell("container", id(number), action, attributes);
    }

    private void tellOfNetwork(int number, String action) {
        tell("network", "b", action, Map.of("container", id(number), "name", "bridge", "type", "bridge"));
    }

    private void tell(String type, String id, String action, Map<String, String> attributes) {
        long time = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        events.add(GSON.toJson(new Event(type, action, new Actor(id, attributes), time)));
    }

    /** Until the client leaves. */
    private void stream(OutputStream out) throws IOException {
        try {
            while (true) {
                out.flush();
                out.write((events.take() + "\n").getBytes(UTF_8));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        }
    }

    /** Leniently: with single quotes. */
    private static JsonElement parse(String json) {
        return JsonParser.parseString(json);
    }

    private static String id(int number) {
        return "%012x%052x".formatted(number, number);
    }

    private record Event(
            String type,
            String action,
            Actor actor,
            @SerializedName("timeNano") long timeNano) {}

    private record Actor(@SerializedName("ID") String id, Map<String, String> attributes) {}

    private record Running(int number, Instant startedAt) {}
}
