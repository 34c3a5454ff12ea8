package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Event;
import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.reconcile.ContainerSource.Connection;
import io.registrator.reconcile.ContainerSource.Death;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.Signal;
import io.registrator.reconcile.ContainerSource.Start;
import io.registrator.testing.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
        var signals = Recorded.events("engine-20.10/events.jsonl").stream()
                .flatMap(event -> heard(event).signals().stream())
                .toList();

        assertThat(signals).isNotEmpty().allSatisfy(signal -> {
            assertThat(signal.number()).isIn(9, 15);
            assertThat(signal.at()).isAfter(Instant.EPOCH);
        });
        assertThat(heard(container("kill")).signals()).isEmpty();
        assertThat(heard(container("start")).signals()).isEmpty();
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

        assertThat(changed(event)).contains(WEB);
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
        List<Death> deaths = new ArrayList<>();
        EventListener listener = new Deaf() {
            @Override
            public void died(Death death) {
                deaths.add(death);
            }
        };

        Recorded.events("engine-20.10/events.jsonl").forEach(event -> EventMapper.tell(event, ALL, listener));

        assertThat(deaths).isNotEmpty().allSatisfy(death -> {
            assertThat(death.exitCode()).isBetween(0, 137);
            assertThat(death.at()).isAfter(Instant.EPOCH);
        });
    }

    @Test
    void hearsWhenANetworkIsConnectedAndWhenARunBegins() {
        List<Connection> connections = new ArrayList<>();
        List<Start> starts = new ArrayList<>();
        EventListener listener = new Deaf() {
            @Override
            public void connected(Connection connection) {
                connections.add(connection);
            }

            @Override
            public void started(Start start) {
                starts.add(start);
            }
        };

        Recorded.events("engine-20.10/events.jsonl").forEach(event -> EventMapper.tell(event, ALL, listener));

        assertThat(starts)
                .isNotEmpty()
                .allSatisfy(start -> assertThat(connections)
                        .anySatisfy(
                                connection -> assertThat(connection.container()).isEqualTo(start.container()))
                        .anySatisfy(connection -> assertThat(connection.at()).isBefore(start.at())));
    }

    /** As of the hour before the first stream: an inspect shows the rest of it. */
    @Test
    void takesOnlySignalsFromThePast() {
        var end = Recorded.events("engine-20.10/events.jsonl").stream()
                .flatMap(event -> EventMapper.time(event).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var listener = new RecordingListener();
        var opening = end.plusSeconds(5);

        Recorded.events("engine-20.10/events.jsonl")
                .forEach(event -> EventMapper.tell(
                        event, new ReplayPoint.Replay(Instant.EPOCH, opening.minusSeconds(1), opening), listener));

        assertThat(listener.changes()).isEmpty();
        assertThat(listener.signals())
                .isNotEmpty()
                .allSatisfy(signal -> assertThat(signal.ago())
                        .isEqualTo(Duration.between(signal.at(), opening))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
    }

    private static Optional<ContainerId> changed(Event event) {
        return heard(event).changes().stream().findFirst();
    }

    private static RecordingListener heard(Event event) {
        var listener = new RecordingListener();
        EventMapper.tell(event, ALL, listener);
        return listener;
    }

    private static class Deaf implements EventListener {
        @Override
        public void changed(ContainerId id) {}

        @Override
        public void signalled(Signal signal) {}

        @Override
        public void ended(Failure why) {}
    }

    private static Event container(String action) {
        return event("{\"Type\": \"container\", \"Action\": \"%s\", \"Actor\": {\"ID\": \"web\"}}".formatted(action));
    }

    private static Event event(String json) {
        return Recorded.event(json);
    }
}
