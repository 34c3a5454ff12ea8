package io.registrator.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineEventsTest {
    private static final ContainerId WEB = new ContainerId("web");

    @ParameterizedTest
    @ValueSource(strings = {"engine-20.10/events.jsonl", "engine-shapes/events-1.52.jsonl"})
    void findsTheContainerInEveryApi(String file) {
        var changed = Recorded.events(file).stream()
                .map(EngineEvents::changed)
                .flatMap(Optional::stream)
                .map(ContainerId::shortId)
                .collect(ImmutableList.toImmutableList());

        assertThat(changed)
                .hasSize(15)
                .containsOnly("03fd137e5308", "c6fa11809c7d", "809d7fc878f4", "09c54b1235942f".substring(0, 12));
    }

    @Test
    void findsTheContainersOfPodmansEvents() {
        var changed = Recorded.events("podman-4.3/events.jsonl").stream()
                .map(event -> EngineEvents.changed(event).map(id -> event.requiredText("Action") + " " + id.shortId()))
                .flatMap(Optional::stream)
                .map(text -> text.replace(" 48cb5a99503b", ""));

        assertThat(changed)
                .containsExactly(
                        "start",
                        "pause",
                        "unpause",
                        "rename",
                        "die",
                        "start",
                        "kill",
                        "die",
                        "start",
                        "connect",
                        "disconnect",
                        "stop",
                        "die",
                        "remove");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "die",
                "kill",
                "stop",
                "destroy",
                "rename",
                "pause",
                "unpause",
                "update",
                "health_status: healthy",
                "health_status",
                "died",
                "remove"
            })
    void hearsOfChanges(String action) {
        assertThat(EngineEvents.changed(container(action))).contains(WEB);
    }

    @Test
    void hearsWhichSignalAContainerWasSent() {
        var signals = Recorded.events("engine-20.10/events.jsonl").stream()
                .flatMap(event -> EngineEvents.signal(event).stream())
                .toList();

        assertThat(signals).isNotEmpty().allSatisfy(signal -> {
            assertThat(signal.number()).isIn(9, 15);
            assertThat(signal.at()).isAfter(Instant.EPOCH);
        });
        assertThat(EngineEvents.signal(container("kill"))).isEmpty();
        assertThat(EngineEvents.signal(container("start"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec_create: /bin/true",
                "exec_start: /bin/true",
                "exec_die",
                "exec_detach",
                "top",
                "attach",
                "resize",
                "oom",
                "create",
                "copy",
                "archive-path",
                ""
            })
    void ignoresTheRest(String action) {
        assertThat(EngineEvents.changed(container(action))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "disconnect"})
    void hearsOfNetworks(String action) {
        var event = event("""
                {"Type": "network", "Action": "%s", "Actor": {"ID": "net", "Attributes": {"container": "web"}}}
                """.formatted(action));

        assertThat(EngineEvents.changed(event)).contains(WEB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Type\": \"container\", \"Action\": \"start\"}",
                "{\"Type\": \"container\", \"Action\": \"start\", \"Actor\": {}}",
                "{\"Type\": \"container\", \"Action\": \"start\", \"Actor\": {\"ID\": \"\"}}",
                "{\"Type\": \"network\", \"Action\": \"connect\", \"Actor\": {\"ID\": \"net\"}}",
                "{\"Type\": \"network\", \"Action\": \"destroy\", \"Actor\": {\"ID\": \"net\"}}",
                "{\"Type\": \"tomorrow\", \"Action\": \"start\", \"Actor\": {\"ID\": \"web\"}}"
            })
    void saysNothingOfWhatNamesNoContainer(String json) {
        assertThat(EngineEvents.changed(event(json))).isEmpty();
    }

    @Test
    void doesNotTakeTheNetworkForTheContainer() {
        var event = event("""
                {"Type": "network", "Action": "start", "Actor": {"ID": "net", "Attributes": {"container": "web"}}}
                """);

        assertThat(EngineEvents.changed(event)).isEmpty();
    }

    private static Fields container(String action) {
        return event("{\"Type\": \"container\", \"Action\": \"%s\", \"Actor\": {\"ID\": \"web\"}}".formatted(action));
    }

    private static Fields event(String json) {
        return Recorded.parse(json);
    }
}
