package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine's own answers. */
final class EngineAnswers {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final List<String> NETWORKS = List.of("host", "bridge", "none");
    private static final String JSON = "application/json";

    private final ApiVersion version;
    private final InstantSource clock;
    private final Containers containers;
    private final EventStreams events;
    private final Template versionDocument = Template.of("version.json");
    private final Template info = Template.of("info.json");

    EngineAnswers(ApiVersion version, InstantSource clock, Containers containers, EventStreams events) {
        this.version = version;
        this.clock = clock;
        this.containers = containers;
        this.events = events;
    }

    Answer to(Request request) {
        String asked = request.version();
        if (asked != null && !version.answers(asked)) {
            return Answer.error(
                    400, "client version " + asked + " is too new. Maximum supported API version is " + version.text());
        }
        if (!request.method().equals("GET") && !isPing(request)) {
            return Answer.error(404, "page not found");
        }
        return switch (request.path()) {
            case "/_ping" -> new Answer.Whole(200, "text/plain; charset=utf-8", "OK".getBytes(UTF_8));
            case "/version" -> Answer.json(200, versionDocument.fill(this::value));
            case "/info" -> Answer.json(200, info.fill(this::value));
            case "/events" -> events(request.query());
            case "/containers/json" ->
                new Answer.Whole(
                        200, JSON, containers.listing(isTrue(request.query().get("all"))));
            default -> other(request.path());
        };
    }

    /** The first lines of every answer. */
    String head(int status, String contentType) {
        return "HTTP/1.1 " + status + " " + reason(status) + "\r\nApi-Version: " + version.text() + "\r\nContent-Type: "
                + contentType + "\r\nDocker-Experimental: false\r\nOstype: linux\r\nServer: Docker/"
                + version.serverVersion() + " (linux)\r\nDate: " + DATE.format(clock.instant()) + "\r\n";
    }

    private Answer other(String path) {
        if (path.startsWith("/containers/") && path.endsWith("/json")) {
            return inspect(path.substring("/containers/".length(), path.length() - "/json".length()));
        }
        if (path.startsWith("/networks/")) {
            return network(path.substring("/networks/".length()));
        }
        return Answer.error(404, "page not found");
    }

    private Answer inspect(String reference) {
        return containers
                .inspect(reference)
                .<Answer>map(body -> new Answer.Whole(200, JSON, body))
                .orElseGet(() -> Answer.error(404, "No such container: " + reference));
    }

    private Answer network(String name) {
        return NETWORKS.contains(name)
                ? Answer.json(200, Template.of("network-" + name + ".json").fill(this::value))
                : Answer.error(404, "network " + name + " not found");
    }

    private Answer events(Map<String, String> query) {
        String since = query.get("since");
        EventFilter filter = EventFilter.of(query.get("filters"));
        try {
            long from = since == null
                    ? Long.MAX_VALUE
                    : new BigDecimal(since).movePointRight(9).longValueExact();
            return new Answer.Events(events.open(filter, from));
        } catch (ArithmeticException | NumberFormatException e) {
            return Answer.error(500, "strconv.ParseInt: parsing " + Json.text(since) + ": invalid syntax");
        }
    }

    private String value(String hole) {
        return switch (hole) {
            case "serverVersion" -> version.serverVersion();
            case "apiVersion" -> version.text();
            case "hostName" -> Json.text(SimulatedEngine.HOST_NAME);
            case "now" -> Json.text(clock.instant().toString());
            case "containers" -> String.valueOf(containers.all().count());
            case "runningContainers" -> String.valueOf(alive());
            case "stoppedContainers" -> String.valueOf(containers.all().count() - alive());
            case "eventStreams" -> String.valueOf(events.count());
            default -> throw new IllegalArgumentException("no value for " + hole);
        };
    }

    private long alive() {
        return containers.all().filter(container -> container.state().isAlive()).count();
    }

    /** Docker's own client asks so. */
    private static boolean isPing(Request request) {
        return request.method().equals("HEAD") && request.path().equals("/_ping");
    }

    private static boolean isTrue(@Nullable String value) {
        return "1".equals(value) || "true".equals(value);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 500 -> "Internal Server Error";
            default -> "Status";
        };
    }
}
