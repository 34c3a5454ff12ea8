package io.registrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource.Signal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the engine's events matter. Its own filter takes the bulk away: every health check is an {@code exec_create}
 * and an {@code exec_start}. Of an event, only action, actor (with the signal that it was sent) and
 * time are used: API 1.52 sends nothing else.
 */
final class EngineEvents {
    /**
     * {@code create} is left out: a container that has not run has no service; {@code health_status} goes on with {@code
     * : healthy} and the like. Podman says {@code died} and {@code remove} for {@code die} and {@code destroy}.
     */
    private static final ImmutableSet<String> CONTAINER_ACTIONS = ImmutableSet.of(
            "start",
            "die",
            "died",
            "kill",
            "stop",
            "destroy",
            "remove",
            "rename",
            "pause",
            "unpause",
            "update",
            "health_status");

    private static final ImmutableSet<String> NETWORK_ACTIONS = ImmutableSet.of("connect", "disconnect");

    private static final String[] ALL_ACTIONS = ImmutableSet.<String>builder()
            .addAll(CONTAINER_ACTIONS)
            .addAll(NETWORK_ACTIONS)
            .build()
            .toArray(String[]::new);

    private EngineEvents() {}

    static EventsCmd command(DockerClient client, String since) {
        return client.eventsCmd()
                .withSince(since)
                .withEventTypeFilter(EventType.CONTAINER.getValue(), EventType.NETWORK.getValue())
                .withEventFilter(ALL_ACTIONS);
    }

    /** The container that may have changed; empty when the event says nothing of one. */
    static Optional<ContainerId> changed(Event event) {
        return Optional.ofNullable(event.getActor()).flatMap(actor -> changed(event, actor));
    }

    /** The signal that a container was sent; empty when the event says nothing of one. */
    static Optional<Signal> signal(Event event) {
        return Optional.ofNullable(event.getActor())
                .filter(actor -> event.getType() == EventType.CONTAINER && "kill".equals(event.getAction()))
                .flatMap(actor -> signal(event, actor));
    }

    private static Optional<Signal> signal(Event event, EventActor actor) {
        return id(actor.getId())
                .flatMap(id -> Signals.number(attributes(actor).getOrDefault("signal", ""))
                        .map(number -> new Signal(id, number, at(event))));
    }

    private static Instant at(Event event) {
        return Optional.ofNullable(event.getTimeNano())
                .map(nanos -> Instant.EPOCH.plusNanos(nanos))
                .orElse(Instant.MAX);
    }

    private static Map<String, String> attributes(EventActor actor) {
        return Optional.ofNullable(actor.getAttributes()).orElse(Map.of());
    }

    private static Optional<ContainerId> changed(Event event, EventActor actor) {
        var action = Optional.ofNullable(event.getAction()).orElse("");
        if (event.getType() == EventType.CONTAINER && CONTAINER_ACTIONS.contains(word(action))) {
            return id(actor.getId());
        }
        if (event.getType() == EventType.NETWORK && NETWORK_ACTIONS.contains(action)) {
            return id(connected(actor, attributes(actor)));
        }
        return Optional.empty();
    }

    /** Of Docker the actor is the network; of Podman it is the container, which has an image. */
    private static @Nullable String connected(EventActor actor, Map<String, String> attributes) {
        return attributes.containsKey("image") ? actor.getId() : attributes.get("container");
    }

    /** The action without its detail, as in {@code health_status: healthy}. */
    private static String word(String action) {
        var colon = action.indexOf(':');
        return colon < 0 ? action : action.substring(0, colon);
    }

    private static Optional<ContainerId> id(@Nullable String value) {
        return Optional.ofNullable(value).filter(id -> !id.isBlank()).map(ContainerId::new);
    }
}
