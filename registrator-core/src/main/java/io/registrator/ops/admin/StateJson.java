package io.registrator.ops.admin;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.ops.observe.BoardSnapshot;
import io.registrator.ops.observe.ContainerStatus;
import io.registrator.ops.observe.DisplayText;
import io.registrator.ops.observe.JournalEntry;
import io.registrator.ops.observe.PassStatus;
import io.registrator.ops.observe.PeerStatus;
import io.registrator.ops.observe.Readiness;
import io.registrator.ops.observe.ServiceStatus;
import io.registrator.ops.observe.StatusBoard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The board as JSON. Times are ISO 8601 in UTC, durations milliseconds; what is not known is null. */
final class StateJson {
    private final Supplier<About> about;
    private final Readiness readiness;
    private final InstantSource clock;

    StateJson(Supplier<About> about, Readiness readiness, InstantSource clock) {
        this.about = about;
        this.readiness = readiness;
        this.clock = clock;
    }

    JsonObject state(BoardSnapshot board) {
        JsonObject json = head(board);
        json.add("containers", array(board.containers().values(), StateJson::container));
        return json;
    }

    /** State and journal. */
    JsonObject everything(BoardSnapshot board) {
        JsonObject json = state(board);
        json.add("journal", journal(board.journal()));
        return json;
    }

    /** Only those containers and entries that are new or different, and the IDs of the containers that are gone. */
    JsonObject change(BoardSnapshot before, BoardSnapshot now) {
        long known = before.journal().isEmpty() ? 0 : before.journal().getLast().number();
        JsonObject json = head(now);
        json.add(
                "containers",
                array(
                        now.containers().values().stream()
                                .filter(status -> !status.equals(before.containers()
                                        .get(status.container().id())))
                                .toList(),
                        StateJson::container));
        json.add(
                "gone",
                strings(before.containers().keySet().stream()
                        .filter(id -> !now.containers().containsKey(id))
                        .map(id -> id.value())
                        .toList()));
        json.add(
                "journal",
                journal(now.journal().stream()
                        .filter(entry -> entry.number() > known)
                        .toList()));
        return json;
    }

    private JsonObject head(BoardSnapshot board) {
        ImmutableList<String> missing = readiness.missing(board);
        JsonObject json = new JsonObject();
        json.addProperty("version", board.version());
        json.addProperty("now", clock.instant().toString());
        json.addProperty("started", board.started().toString());
        json.addProperty("ready", missing.isEmpty());
        json.add("missing", strings(missing));
        json.add("about", about(about.get()));
        json.add("engine", peer(board.engine()));
        json.add("registry", peer(board.registry()));
        json.add("passes", passes(board.passes()));
        json.add("services", counts(board));
        json.add("leftOut", numbers(board.leftOutByReason()));
        return json;
    }

    private static JsonObject about(About about) {
        JsonObject json = new JsonObject();
        json.addProperty("version", about.version());
        json.addProperty("node", about.node());
        json.addProperty("address", about.address());
        json.addProperty("engine", about.engine());
        json.addProperty("registry", about.registry());
        json.addProperty("ports", about.ports());
        return json;
    }

    private static JsonObject counts(BoardSnapshot board) {
        JsonObject json = new JsonObject();
        board.servicesByState().forEach((state, count) -> json.addProperty(state.word(), count));
        return json;
    }

    private static JsonObject numbers(Map<String, Long> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::addProperty);
        return json;
    }

    private static JsonObject peer(PeerStatus peer) {
        JsonObject json = new JsonObject();
        json.addProperty("answers", peer.answers());
        json.addProperty("since", peer.since().toString());
        json.addProperty("lastAnswer", text(peer.lastAnswer()));
        json.addProperty("lastError", peer.lastError());
        json.addProperty("lastErrorAt", text(peer.lastErrorAt()));
        json.addProperty("losses", peer.losses());
        return json;
    }

    private static JsonObject passes(PassStatus passes) {
        JsonObject json = new JsonObject();
        json.addProperty("completed", passes.completed());
        json.addProperty("lastCompleted", text(passes.lastCompleted()));
        json.addProperty("lastTookMillis", millis(passes.lastTook()));
        json.addProperty("lastLagMillis", millis(passes.lastLag()));
        json.addProperty("internalErrors", passes.internalErrors());
        return json;
    }

    static JsonObject container(ContainerStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("id", status.container().id().value());
        json.addProperty("name", status.container().name());
        json.addProperty("gone", status.gone());
        json.addProperty("unreadable", status.unreadable());
        json.add("services", array(status.services(), StateJson::service));
        json.add("leftOut", array(status.leftOut(), StateJson::leftOut));
        json.add("problems", array(status.problems(), StateJson::problem));
        return json;
    }

    /** The same, with the rule that decided each field of each service. */
    static JsonObject explained(ContainerStatus status, StatusBoard board) {
        JsonObject json = container(status);
        JsonObject because = new JsonObject();
        board.derivation(status.container().id())
                .ifPresent(derivation -> derivation
                        .services()
                        .forEach(
                                service -> because.add(service.definition().id().value(), reasons(service.because()))));
        json.add("because", because);
        return json;
    }

    private static JsonObject reasons(Map<String, String> because) {
        JsonObject json = new JsonObject();
        because.forEach(json::addProperty);
        return json;
    }

    private static JsonObject service(ServiceStatus service) {
        JsonObject json = new JsonObject();
        json.addProperty("id", service.id().value());
        json.addProperty("port", text(service.port()));
        json.addProperty("name", service.name());
        json.addProperty("address", service.address());
        json.add("tags", strings(service.tags()));
        json.add("checks", strings(service.checks()));
        json.addProperty("state", service.state().word());
        json.addProperty("why", service.why());
        json.addProperty("since", service.since().toString());
        return json;
    }

    private static JsonObject leftOut(LeftOut port) {
        JsonObject json = new JsonObject();
        json.addProperty("port", text(port.port()));
        json.addProperty("reason", DisplayText.of(port.reason()));
        json.addProperty("why", port.text());
        return json;
    }

    private static JsonObject problem(Problem problem) {
        JsonObject json = new JsonObject();
        json.addProperty("severity", DisplayText.of(problem.severity()));
        json.addProperty("port", text(problem.port()));
        json.addProperty("key", problem.key());
        json.addProperty("message", problem.message());
        return json;
    }

    static JsonArray journal(Collection<JournalEntry> entries) {
        return array(entries, StateJson::entry);
    }

    private static JsonObject entry(JournalEntry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("number", entry.number());
        json.addProperty("at", entry.at().toString());
        json.addProperty("container", entry.container());
        json.addProperty("service", entry.service());
        json.addProperty("action", entry.action());
        json.addProperty("why", entry.why());
        json.addProperty("before", entry.before());
        json.addProperty("after", entry.after());
        return json;
    }

    static JsonArray strings(Collection<String> texts) {
        JsonArray array = new JsonArray(texts.size());
        texts.forEach(array::add);
        return array;
    }

    private static <T> JsonArray array(Collection<T> items, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray(items.size());
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
