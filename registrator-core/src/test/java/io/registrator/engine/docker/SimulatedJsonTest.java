package io.registrator.engine.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.io.Resources;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.testing.RecordingListener;
import io.registrator.testing.engine.Answer;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the simulated engine says, against what a real one has said. */
final class SimulatedJsonTest {
    private static final String RECORDED = "engine-20.10/";
    private static final String IMAGE = "registrator-test/busybox:latest";

    private SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_41);
    private DockerSource source = new DockerSource(DockerSettings.of(engine.uri()));

    @AfterEach
    void close() {
        source.close();
        engine.close();
    }

    @Test
    void hasTheShapeOfARecordedInspect() throws IOException {
        assertSameShape(inspect(running("rec-user")), "user.json");
        assertSameShape(inspect(engine.run(hostNetwork())), "host.json");
        assertSameShape(inspect(exited()), "exited.json");
        assertSameShape(inspect(engine.create(plain("rec-created"))), "created.json");
        assertSameShape(inspect(paused()), "paused.json");
    }

    @ParameterizedTest
    @EnumSource
    void isMappedLikeARecordedInspect(ApiVersion version) throws IOException {
        use(version);
        assertMappedLike(running("rec-user"), "user.json");
        assertMappedLike(engine.run(hostNetwork()), "host.json");
        assertMappedLike(exited(), "exited.json");
        assertMappedLike(engine.create(plain("rec-created")), "created.json");
        assertMappedLike(paused(), "paused.json");
    }

    @Test
    void hasTheShapeOfARecordedListing() throws IOException {
        var unused = ImmutableList.of(running("rec-user"), exited(), engine.create(plain("rec-created")));
        var recorded = JsonParser.parseString(recorded("list.json")).getAsJsonArray();

        for (var row : JsonParser.parseString(body("/containers/json?all=1")).getAsJsonArray()) {
            var name = row.getAsJsonObject().get("Names");
            var real = recorded.asList().stream()
                    .filter(candidate ->
                            candidate.getAsJsonObject().get("Names").equals(name))
                    .findFirst()
                    .orElseThrow();
            assertSameShape("row", row, real);
        }
    }

    @Test
    void hasTheShapeOfRecordedEvents() throws IOException {
        var id = running("rec-user");
        engine.signal(id, 15);
        engine.die(id, 137);
        engine.start(id);
        engine.rename(id, "rec-user2");
        var simulated = events();

        for (var line : recorded("events.jsonl").lines().toList()) {
            var real = JsonParser.parseString(line);
            var action = action(real);
            if (line.contains("rec-user") || line.contains("\"regnet\"")) {
                simulated.stream()
                        .filter(event -> action(event).equals(action))
                        .forEach(event -> assertSameShape("event", event, real));
            }
        }
        assertThat(simulated)
                .extracting(SimulatedJsonTest::action)
                .containsExactly(
                        "create", "connect", "start", "kill", "die", "disconnect", "connect", "start", "rename");
    }

    @Test
    void dropsWhatApi152Drops() throws IOException {
        use(ApiVersion.V1_52);
        var id = running("web");

        assertThat(events())
                .allSatisfy(event -> assertThat(event.getAsJsonObject().keySet())
                        .containsExactly("Type", "Action", "Actor", "scope", "time", "timeNano"));
        assertThat(inspect(id).getAsJsonObject("NetworkSettings").keySet())
                .containsExactly("SandboxID", "SandboxKey", "Ports", "Networks");
    }

    @Test
    void replaysWhatIsStillKeptAndNoMore() {
        for (int i = 0; i < 200; i++) {
            engine.create(ContainerSpec.named("c" + i));
        }
        var id = engine.create(ContainerSpec.named("web"));
        for (int i = 0; i < 300; i++) {
            engine.rename(id, "web" + i);
        }
        var listener = new RecordingListener();
        var stream = success(source.subscribe(listener));
        engine.rename(id, "last");

        await().atMost(10, SECONDS).until(() -> listener.changes().size() == 257);
        stream.close();
    }

    private void use(ApiVersion version) {
        close();
        engine = SimulatedEngine.start(version);
        source = new DockerSource(DockerSettings.of(engine.uri()));
    }

    private static ContainerSpec plain(String name) {
        return ContainerSpec.named(name).image(IMAGE);
    }

    private String running(String name) {
        return engine.run(plain(name).network("regnet").publish(80, 18082));
    }

    private static ContainerSpec hostNetwork() {
        return plain("rec-host").network("host").port("8088/tcp", 0);
    }

    private String exited() {
        var id = engine.run(plain("rec-exited"));
        engine.die(id, 3);
        return id;
    }

    private String paused() {
        var id = engine.run(plain("rec-paused"));
        engine.pause(id);
        return id;
    }

    private void assertSameShape(JsonObject simulated, String file) throws IOException {
        assertSameShape(file, simulated, JsonParser.parseString(recorded(file)));
    }

    private static void assertSameShape(String what, JsonElement simulated, JsonElement real) {
        assertThat(Sets.symmetricDifference(shape(simulated), shape(real)))
                .as(what)
                .isEmpty();
    }

    private void assertMappedLike(String id, String file) throws IOException {
        var recording = JsonParser.parseString(recorded(file)).getAsJsonObject();
        var recordedId = recording.get("Id").getAsString();
        engine.faults().answer("/containers/" + recordedId + "/json", Answer.json(200, recording.toString()));

        assertThat(comparable(snapshot(id))).isEqualTo(comparable(snapshot(recordedId)));
    }

    private ContainerSnapshot snapshot(String id) {
        return success(source.inspect(new ContainerId(id))).orElseThrow();
    }

    /** Without what is different in every run. */
    private static String comparable(ContainerSnapshot snapshot) {
        return snapshot.toString()
                .replace(snapshot.id().value(), "ID")
                .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z", "MOMENT")
                .replaceAll("172(\\.\\d+){3}", "ADDRESS");
    }

    /** Every path in the document, with the type of its value; an array is its first element. */
    private static ImmutableSortedSet<String> shape(JsonElement document) {
        var shape = new TreeSet<String>();
        describe("", document, shape);
        return ImmutableSortedSet.copyOf(shape);
    }

    private static void describe(String path, JsonElement value, TreeSet<String> shape) {
        shape.add(path + " " + type(value));
        if (value.isJsonObject()) {
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(member -> describe(path + "." + member.getKey(), member.getValue(), shape));
        } else if (value.isJsonArray()) {
            value.getAsJsonArray().asList().stream().limit(1).forEach(element -> describe(path + "[]", element, shape));
        }
    }

    private static String type(JsonElement value) {
        if (!value.isJsonPrimitive()) {
            return value.isJsonObject() ? "object" : value.isJsonArray() ? "array" : "null";
        }
        var primitive = value.getAsJsonPrimitive();
        return primitive.isNumber() ? "number" : primitive.isBoolean() ? "boolean" : "text";
    }

    private static String action(JsonElement event) {
        return event.getAsJsonObject().get("Action").getAsString();
    }

    private JsonObject inspect(String id) {
        return JsonParser.parseString(body("/containers/" + id + "/json")).getAsJsonObject();
    }

    private String body(String target) {
        return HttpText.get(engine.uri(), target, answer -> false);
    }

    /** All so far. */
    private ImmutableList<JsonElement> events() {
        engine.rename(engine.create(ContainerSpec.named("other")), "end-of-test");
        var stream = HttpText.get(engine.uri(), "/events?since=0", answer -> answer.contains("end-of-test"));
        return stream.lines()
                .filter(line -> line.startsWith("{") && !line.contains("\"other\"") && !line.contains("end-of-test"))
                .map(JsonParser::parseString)
                .collect(ImmutableList.toImmutableList());
    }

    private static String recorded(String file) throws IOException {
        return Resources.toString(
                Resources.getResource(SimulatedJsonTest.class, RECORDED + file), StandardCharsets.UTF_8);
    }

    private static <T> T success(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure);
        };
    }
}
