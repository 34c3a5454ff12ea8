package io.registrator.ops.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import com.google.gson.JsonObject;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.registrator.ops.observe.BoardSnapshot;
import io.registrator.ops.observe.Readiness;
import io.registrator.ops.observe.StatusBoard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;

/** What there is to be asked for. */
public final class Routes {
    private static final String CONTAINERS = "/api/v1/containers/";
    private static final String ENDPOINTS =
            "/ /health/live /health/ready /metrics /api/v1/state /api/v1/journal /api/v1/events /api/v1/containers/ID";

    private final StatusBoard board;
    private final Readiness readiness;
    private final PrometheusRegistry metrics;
    private final StateJson json;
    private final EventFeed events;
    private final ExpositionFormats formats = ExpositionFormats.init();

    public Routes(
            StatusBoard board,
            Readiness readiness,
            PrometheusRegistry metrics,
            Supplier<About> about,
            InstantSource clock) {
        this.board = board;
        this.readiness = readiness;
        this.metrics = metrics;
        this.json = new StateJson(about, readiness, clock);
        this.events = new EventFeed(board, json);
    }

    /** @param target path and query */
    Answer answer(String target, String accept) {
        String path = Splitter.on('?').splitToList(target).getFirst();
        return switch (path) {
            case "/" -> resource("index.html", ContentType.TEXT_HTML);
            case "/page.css" -> resource("page.css", ContentType.create("text/css"));
            case "/page.js" -> resource("page.js", ContentType.create("text/javascript"));
            case "/icon.svg" -> resource("icon.svg", ContentType.IMAGE_SVG);
            case "/health/live" -> Answer.json(HttpStatus.SC_OK, health("live", ImmutableList.of()));
            case "/health/ready" -> ready();
            case "/metrics" -> scrape(accept);
            case "/api/v1/state" -> Answer.json(HttpStatus.SC_OK, json.state(board.snapshot()));
            case "/api/v1/journal" ->
                Answer.json(HttpStatus.SC_OK, StateJson.journal(board.snapshot().journal()));
            case "/api/v1/events" -> events.answer();
            default -> path.startsWith(CONTAINERS) ? container(path.substring(CONTAINERS.length())) : unknown();
        };
    }

    private static Answer unknown() {
        return Answer.text(HttpStatus.SC_NOT_FOUND, "Not found. There is: " + ENDPOINTS);
    }

    private Answer ready() {
        ImmutableList<String> missing = readiness.missing(board.snapshot());
        return missing.isEmpty()
                ? Answer.json(HttpStatus.SC_OK, health("ready", missing))
                : Answer.json(HttpStatus.SC_SERVICE_UNAVAILABLE, health("not ready", missing));
    }

    private static JsonObject health(String status, ImmutableList<String> reasons) {
        JsonObject answer = new JsonObject();
        answer.addProperty("status", status);
        answer.add("reasons", StateJson.strings(reasons));
        return answer;
    }

    private Answer scrape(String accept) {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, metrics.scrape());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return Answer.bytes(ContentType.parse(writer.getContentType()), text.toByteArray());
    }

    private Answer container(String idOrName) {
        String wanted;
        try {
            wanted = URLDecoder.decode(idOrName, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return Answer.text(HttpStatus.SC_BAD_REQUEST, "Not a container: " + malformed.getMessage());
        }
        BoardSnapshot now = board.snapshot();
        return now.containers().values().stream()
                .filter(status -> status.container().name().equals(wanted)
                        || (!wanted.isEmpty() && status.container().id().value().startsWith(wanted)))
                .findFirst()
                .map(status -> Answer.json(HttpStatus.SC_OK, StateJson.explained(status, board)))
                .orElseGet(() -> Answer.text(HttpStatus.SC_NOT_FOUND, "No container of this ID or name."));
    }

    private static Answer resource(String name, ContentType type) {
        try {
            return Answer.bytes(
                    type.withCharset(UTF_8), Resources.toByteArray(Resources.getResource(Routes.class, name)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
