package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Event;
import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.EngineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventMapperTest {
    private static final ReplayPoint.Replay ALL = new ReplayPoint.Replay(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    private static final ContainerId WEB = new ContainerId("web");

    @ParameterizedTest
    @ValueSource(strings = {"engine-20.10/events.jsonl", "engine-shapes/events-1.52.jsonl"})
    void findsTheContainerInEveryApi(String file) {
        var changed = Recorded.events(file).stream()
                .map(EventMapperTest::changed)
                .flatMap(Optional::stream)
                .map(ContainerId::shortId)
                .collect(ImmutableList.toImmutableList());

        assertThat(changed)
                .hasSize(11)
                .containsOnly("03fd137e5308", "c6fa11809c7d", "809d7fc878f4", "09c54b1235942f".substring(0, 12));
    }

    @Test
    void findsTheContainersOfPodmansEvents() {
        var changed = Recorded.events("podman-4.3/events.jsonl").stream()
                .map(event -> changed(event).map(id -> event.getAction() + " " + id.shortId()))
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
                        "die",
                        "start",
                        "connect",
                        "disconnect",
                        "die",
                        "remove");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "die",
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
        assertThat(changed(container(action))).contains(WEB);
    }

    @Test
    void hearsWhichSignalAContainerWasSent() {
        assertThat(heard("engine-20.10/events.jsonl", EngineEvent.Signalled.class))
                .isNotEmpty()
                .allSatisfy(signal -> {
                    assertThat(signal.number()).isIn(9, 15);
                    assertThat(signal.at()).isAfter(Instant.EPOCH);
                });
        assertThat(EventMapper.map(container("kill"), ALL)).isEmpty();
    }

    @Test
    void knowsWhatEachEventOfALifeSays() {
        assertThat(kinds("start", "rename", "pause", "health_status: healthy", "update", "destroy"))
                .containsOnly(EngineEvent.Changed.class);
        assertThat(EventMapper.map(event("""
                {"Type": "container", "Action": "die", "timeNano": 5, "Actor": {"ID": "web", "Attributes": {"exitCode": "3"}}}
                """), ALL)).contains(new EngineEvent.Died(WEB, 3, Instant.EPOCH.plusNanos(5)));
        assertThat(kinds("die")).as("without an exit code").containsOnly(EngineEvent.Changed.class);
    }

    private static List<Class<?>> kinds(String... actions) {
        return Stream.of(actions)
                .flatMap(action -> EventMapper.map(container(action), ALL).stream())
                .<Class<?>>map(EngineEvent::getClass)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill",
                "stop",
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
        assertThat(changed(container(action))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "disconnect"})
    void hearsOfNetworks(String action) {
        var event = event("""
                {"Type": "network", "Action": "%s", "Actor": {"ID": "net", "Attributes": {"container": "web"}}}
                """.formatted(action));

        assertThat(EventMapper.map(event, ALL)).contains(new EngineEvent.NetworkChanged(WEB));
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
        assertThat(changed(event(json))).isEmpty();
    }

    @Test
    void doesNotTakeTheNetworkForTheContainer() {
        var event = event("""
                {"Type": "network", "Action": "start", "Actor": {"ID": "net", "Attributes": {"container": "web"}}}
                """);

        assertThat(changed(event)).isEmpty();
    }

    @Test
    void hearsOfTheEndOfARun() {
        assertThat(heard("engine-20.10/events.jsonl", EngineEvent.Died.class))
                .isNotEmpty()
                .allSatisfy(died -> {
                    assertThat(died.exitCode()).isBetween(0, 137);
                    assertThat(died.at()).isAfter(Instant.EPOCH);
                });
    }

    /** As of the hour before the first stream: an inspect shows the rest of it. */
    @Test
    void takesOnlySignalsFromThePast() {
        var end = Recorded.events("engine-20.10/events.jsonl").stream()
                .flatMap(event -> EventMapper.time(event).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var opening = end.plusSeconds(5);
        var past = new ReplayPoint.Replay(Instant.EPOCH, opening.minusSeconds(1), opening);

        var heard = Recorded.events("engine-20.10/events.jsonl").stream()
                .flatMap(event -> EventMapper.map(event, past).stream())
                .toList();

        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                EngineEvent.Signalled.class,
                                signal -> assertThat(signal.ago())
                                        .isEqualTo(Duration.between(signal.at(), opening))
                                        .isGreaterThanOrEqualTo(Duration.ofSeconds(5))));
    }

    /** The container, but for signals. */
    private static Optional<ContainerId> changed(Event event) {
        return EventMapper.map(event, ALL)
                .filter(heard -> !(heard instanceof EngineEvent.Signalled))
                .map(EngineEvent::container);
    }

    private static <E extends EngineEvent> List<E> heard(String file, Class<E> kind) {
        return Recorded.events(file).stream()
                .flatMap(event -> EventMapper.map(event, ALL).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static Event container(String action) {
        return event("{\"Type\": \"container\", \"Action\": \"%s\", \"Actor\": {\"ID\": \"web\"}}".formatted(action));
    }

    private static Event event(String json) {
        return Recorded.event(json);
    }
}
