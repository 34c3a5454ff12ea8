package io.registrator.engine.docker;

import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.primitives.Ints;
import io.registrator.engine.docker.ReplayPoint.Replay;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.EngineEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the engine's events matter, and what they say. The engine's own filter takes the bulk away: every health check is an
 * {@code exec_create} and an {@code exec_start}.
 */
final class EventMapper {
    static final String SIGNAL = "signal";
    static final String EXIT_CODE = "exitCode";
    static final String PODMANS_EXIT_CODE = "containerExitCode";
    static final String CONTAINER = "container";
    static final String IMAGE = "image";

    private static final String KILL = "kill";

    /** Podman says {@code died} for {@code die}. */
    private static final ImmutableSet<String> ENDS = ImmutableSet.of("die", "died");

    /**
     * {@code create} is left out: a container that has not run has no service; and {@code stop}, which follows {@code die}.
     * {@code health_status} goes on with {@code : healthy} and the like. Podman says {@code remove} for {@code destroy}.
     */
    private static final ImmutableSet<String> CHANGES =
            ImmutableSet.of("start", "destroy", "remove", "rename", "pause", "unpause", "update", "health_status");

    private static final ImmutableSet<String> NETWORK_ACTIONS = ImmutableSet.of("connect", "disconnect");

    private static final Iterable<String> ACTIONS =
            Iterables.concat(ImmutableSet.of(KILL), ENDS, CHANGES, NETWORK_ACTIONS);

    private EventMapper() {}

    /** The same request for no other events than those. */
    static EventsCmd filtered(EventsCmd request) {
        return request.withEventTypeFilter(EventType.CONTAINER, EventType.NETWORK)
                .withEventFilter(Iterables.toArray(ACTIONS, String.class));
    }

    /**
     * What an event says of a container; empty when that is nothing.
     *
     * @param replay from when on the stream tells of what
     */
    static Optional<EngineEvent> map(Event event, Replay replay) {
        var actor = Optional.ofNullable(event.getActor()).orElseGet(EventActor::new);
        var action = word(Optional.ofNullable(event.getAction()).orElse(""));
        if (event.getType() == EventType.CONTAINER && action.equals(KILL)) {
            return id(actor.getId()).flatMap(id -> signal(id, event, replay));
        }
        if (replay.isOfSignals(time(event))) {
            return Optional.empty();
        }
        if (event.getType() == EventType.NETWORK && NETWORK_ACTIONS.contains(action)) {
            return id(connected(actor)).map(EngineEvent.NetworkChanged::new);
        }
        return event.getType() == EventType.CONTAINER
                ? id(actor.getId()).flatMap(id -> ofContainer(id, action, event))
                : Optional.empty();
    }

    /** When it happened, by the engine's clock. */
    static Optional<Instant> time(Event event) {
        return Optional.ofNullable(event.getTimeNano()).map(Instant.EPOCH::plusNanos);
    }

    private static Optional<EngineEvent> ofContainer(ContainerId id, String action, Event event) {
        if (ENDS.contains(action)) {
            return Optional.of(end(id, event).orElseGet(() -> new EngineEvent.Changed(id)));
        }
        return CHANGES.contains(action) ? Optional.of(new EngineEvent.Changed(id)) : Optional.empty();
    }

    /** Empty where the event is of no signal. */
    private static Optional<EngineEvent> signal(ContainerId id, Event event, Replay replay) {
        var at = time(event).orElse(Instant.MAX);
        return Optional.ofNullable(attributes(event.getActor()).get(SIGNAL))
                .flatMap(Signals::number)
                .map(number -> new EngineEvent.Signalled(id, number, at, replay.ago(at)));
    }

    /** Empty when the event does not say enough to be believed. */
    private static Optional<EngineEvent> end(ContainerId id, Event event) {
        var attributes = attributes(event.getActor());
        return Optional.ofNullable(attributes.get(EXIT_CODE))
                .or(() -> Optional.ofNullable(attributes.get(PODMANS_EXIT_CODE)))
                .map(Ints::tryParse)
                .flatMap(exitCode -> time(event).map(at -> new EngineEvent.Died(id, exitCode, at)));
    }

    private static Map<String, String> attributes(@Nullable EventActor actor) {
        return Optional.ofNullable(actor).map(EventActor::getAttributes).orElse(Map.of());
    }

    /** Of Docker the actor is the network; of Podman it is the container, which has an image. */
    private static @Nullable String connected(EventActor actor) {
        var attributes = attributes(actor);
        return attributes.get(IMAGE) == null ? attributes.get(CONTAINER) : actor.getId();
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
