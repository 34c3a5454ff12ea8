package io.registrator.docker;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.net.UrlEscapers;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource.Signal;
import java.time.Instant;
import java.util.Optional;

/**
 * Which of the engine's events matter. Its own filter takes the bulk away: every health check is an {@code exec_create}
 * and an {@code exec_start}. Of an event, only type, action, actor (with the signal that it was sent) and
 * time are used: API 1.52 sends nothing else.
 */
final class EngineEvents {
    private static final String CONTAINER = "container";
    private static final String NETWORK = "network";

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

    private static final String FILTERS = "{\"type\":[\"" + CONTAINER + "\",\"" + NETWORK + "\"],\"event\":[\""
            + Joiner.on("\",\"").join(Sets.union(CONTAINER_ACTIONS, NETWORK_ACTIONS)) + "\"]}";

    private EngineEvents() {}

    /** The request for the stream. */
    static String target(String since) {
        return "/events?since=" + since + "&filters="
                + UrlEscapers.urlFormParameterEscaper().escape(FILTERS);
    }

    /** The container that may have changed; empty when the event says nothing of one. */
    static Optional<ContainerId> changed(Fields event) {
        var action = event.text("Action").orElse("");
        var type = event.text("Type").orElse("");
        if (type.equals(CONTAINER) && CONTAINER_ACTIONS.contains(word(action))) {
            return id(actor(event).text("ID"));
        }
        if (type.equals(NETWORK) && NETWORK_ACTIONS.contains(action)) {
            return id(connected(actor(event)));
        }
        return Optional.empty();
    }

    /** The signal that a container was sent; empty when the event says nothing of one. */
    static Optional<Signal> signal(Fields event) {
        return isKill(event)
                ? id(actor(event).text("ID"))
                        .flatMap(id -> signalNumber(event).map(number -> new Signal(id, number, at(event))))
                : Optional.empty();
    }

    /** When it happened, by the engine's clock. */
    static Optional<Instant> time(Fields event) {
        return event.number("timeNano").map(Instant.EPOCH::plusNanos);
    }

    private static boolean isKill(Fields event) {
        return event.text("Type").equals(Optional.of(CONTAINER))
                && event.text("Action").equals(Optional.of("kill"));
    }

    private static Optional<Integer> signalNumber(Fields event) {
        return attributes(actor(event)).text("signal").flatMap(Signals::number);
    }

    private static Instant at(Fields event) {
        return time(event).orElse(Instant.MAX);
    }

    private static Fields actor(Fields event) {
        return event.objectOrEmpty("Actor");
    }

    private static Fields attributes(Fields actor) {
        return actor.objectOrEmpty("Attributes");
    }

    /** Of Docker the actor is the network; of Podman it is the container, which has an image. */
    private static Optional<String> connected(Fields actor) {
        var attributes = attributes(actor);
        return attributes.text("image").isPresent() ? actor.text("ID") : attributes.text("container");
    }

    /** The action without its detail, as in {@code health_status: healthy}. */
    private static String word(String action) {
        var colon = action.indexOf(':');
        return colon < 0 ? action : action.substring(0, colon);
    }

    private static Optional<ContainerId> id(Optional<String> value) {
        return value.filter(id -> !id.isBlank()).map(ContainerId::new);
    }
}
