package io.registrator.docker;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.net.UrlEscapers;
import com.google.common.primitives.Ints;
import io.registrator.docker.ReplayPoint.Replay;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource.Connection;
import io.registrator.reconcile.ContainerSource.Death;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.Signal;
import io.registrator.reconcile.ContainerSource.Start;
import java.time.Instant;
import java.util.Optional;

/**
 * Which of the engine's events matter. Its own filter takes the bulk away: every health check is an {@code exec_create}
 * and an {@code exec_start}. Of an event, only type, action, actor (with its signal or exit code) and
 * time are used: API 1.52 sends nothing else.
 */
final class EngineEvents {
    private static final String CONTAINER = "container";
    private static final String NETWORK = "network";

    private static final String KILL = "kill";
    private static final String START = "start";
    private static final String CONNECT = "connect";

    /** Podman says {@code died} for {@code die}. */
    private static final ImmutableSet<String> ENDS = ImmutableSet.of("die", "died");

    /**
     * {@code create} is left out: a container that has not run has no service; and {@code stop}, which follows {@code die}.
     * {@code health_status} goes on with {@code : healthy} and the like. Podman says {@code remove} for {@code destroy}.
     */
    private static final ImmutableSet<String> CHANGES =
            ImmutableSet.of("destroy", "remove", "rename", "pause", "unpause", "update", "health_status");

    private static final ImmutableSet<String> NETWORK_ACTIONS = ImmutableSet.of(CONNECT, "disconnect");

    private static final String FILTERS = "{\"type\":[\"" + CONTAINER + "\",\"" + NETWORK + "\"],\"event\":[\""
            + Joiner.on("\",\"").join(Iterables.concat(ImmutableSet.of(KILL, START), ENDS, CHANGES, NETWORK_ACTIONS))
            + "\"]}";

    private EngineEvents() {}

    /** The request for the stream. */
    static String target(String since) {
        return "/events?since=" + since + "&filters="
                + UrlEscapers.urlFormParameterEscaper().escape(FILTERS);
    }

    /**
     * Says what an event says; nothing when that is nothing of a container.
     *
     * @param replay from when on the stream tells of what
     */
    static void tell(Fields event, Replay replay, EventListener listener) {
        if (replay.isOfSignals(time(event))) {
            signal(event, replay).ifPresent(listener::signalled);
        } else {
            tellAll(event, replay, listener);
        }
    }

    private static void tellAll(Fields event, Replay replay, EventListener listener) {
        var action = event.text("Action").orElse("");
        var actor = event.objectOrEmpty("Actor");
        if (isOf(event, CONTAINER)) {
            id(actor.text("ID")).ifPresent(id -> tell(id, word(action), event, replay, listener));
        } else if (isOf(event, NETWORK) && NETWORK_ACTIONS.contains(action)) {
            id(connected(actor)).ifPresent(id -> network(id, action, event, listener));
        }
    }

    private static void network(ContainerId id, String action, Fields event, EventListener listener) {
        var at = time(event);
        if (action.equals(CONNECT) && at.isPresent()) {
            listener.connected(new Connection(id, at.get()));
        } else {
            listener.networkChanged(id);
        }
    }

    private static void tell(ContainerId id, String action, Fields event, Replay replay, EventListener listener) {
        if (action.equals(KILL)) {
            signal(event, replay).ifPresent(listener::signalled);
        } else if (ENDS.contains(action)) {
            death(id, event).ifPresentOrElse(listener::died, () -> listener.changed(id));
        } else if (action.equals(START)) {
            time(event).map(at -> new Start(id, at)).ifPresentOrElse(listener::started, () -> listener.changed(id));
        } else if (CHANGES.contains(action)) {
            listener.changed(id);
        }
    }

    /** Empty where the event is of no signal. */
    private static Optional<Signal> signal(Fields event, Replay replay) {
        var actor = event.objectOrEmpty("Actor");
        if (!isOf(event, CONTAINER) || !event.text("Action").equals(Optional.of(KILL))) {
            return Optional.empty();
        }
        return attributes(actor)
                .text("signal")
                .flatMap(Signals::number)
                .flatMap(number -> id(actor.text("ID")).map(id -> signal(id, number, time(event), replay)));
    }

    private static Signal signal(ContainerId id, int number, Optional<Instant> time, Replay replay) {
        var at = time.orElse(Instant.MAX);
        return new Signal(id, number, at, replay.ago(at));
    }

    /** Empty when the event does not say enough to be believed. */
    private static Optional<Death> death(ContainerId id, Fields event) {
        var attributes = attributes(event.objectOrEmpty("Actor"));
        return attributes
                .text("exitCode")
                .or(() -> attributes.text("containerExitCode"))
                .map(Ints::tryParse)
                .flatMap(exitCode -> time(event).map(at -> new Death(id, exitCode, at)));
    }

    private static boolean isOf(Fields event, String type) {
        return event.text("Type").filter(type::equals).isPresent();
    }

    /** When it happened, by the engine's clock. */
    static Optional<Instant> time(Fields event) {
        return event.number("timeNano").map(Instant.EPOCH::plusNanos);
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
