package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.Connection;
import io.registrator.reconcile.ContainerSource.Start;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Inspects that are asked for when a container is connected to its network, shortly before it starts. An engine keeps a
 * container locked while it starts it, so its answer is there with the event of the start, and nothing is left to be asked
 * then. It is a bet: what does not show the run that begins is as good as not asked.
 */
final class EarlyInspects {
    /** Each occupies a connection for as long as a start takes. */
    private static final int AT_ONCE = 8;

    private final ContainerSource source;
    private final Requests requests;
    private final BiConsumer<ContainerId, Outcome<Optional<ContainerSnapshot>>> shown;
    private final Consumer<ContainerId> missed;
    private final Map<ContainerId, Connection> asked = new HashMap<>();
    /** When the runs began that have been shown, and whose start no event has told yet. */
    private final Map<ContainerId, Instant> untold = new HashMap<>();

    private int underWay;

    /**
     * Asks for nothing yet.
     *
     * @param shown runs on the loop's thread for an answer that shows a run that has begun since the connection
     * @param missed runs on the loop's thread for any other
     */
    EarlyInspects(
            ContainerSource source,
            Requests requests,
            BiConsumer<ContainerId, Outcome<Optional<ContainerSnapshot>>> shown,
            Consumer<ContainerId> missed) {
        this.source = source;
        this.requests = requests;
        this.shown = shown;
        this.missed = missed;
    }

    /** A container that does not run was connected. */
    void connected(Connection connection) {
        ContainerId id = connection.container();
        if (underWay < AT_ONCE && asked.putIfAbsent(id, connection) == null) {
            underWay++;
            requests.ask(() -> source.inspect(id), outcome -> answered(connection, outcome));
        }
    }

    private void answered(Connection connection, Outcome<Optional<ContainerSnapshot>> outcome) {
        underWay--;
        ContainerId id = connection.container();
        if (!asked.remove(id, connection)) {
            return;
        }
        Optional<ContainerSnapshot> run = runIn(outcome).filter(connection::isBefore);
        if (run.isPresent()) {
            untold.put(id, run.get().startedAt());
            shown.accept(id, outcome);
        } else {
            missed.accept(id);
        }
    }

    private static Optional<ContainerSnapshot> runIn(Outcome<Optional<ContainerSnapshot>> outcome) {
        return switch (outcome) {
            case Outcome.Success<Optional<ContainerSnapshot>>(Optional<ContainerSnapshot> snapshot) -> snapshot;
            case Outcome.Failed<Optional<ContainerSnapshot>> failed -> Optional.empty();
        };
    }

    boolean isUnderWay(ContainerId id) {
        return asked.containsKey(id);
    }

    /** Something else has been told of the container: an answer may be too old for that, and comes to nothing. */
    void forget(ContainerId id) {
        asked.remove(id);
        untold.remove(id);
    }

    /** An event has been told since the run was shown: the next start is another one. */
    void changed(ContainerId id) {
        untold.remove(id);
    }

    /** Whether the run that this event tells of has been shown already. */
    boolean hasShown(Start start) {
        Instant began = untold.remove(start.container());
        return began != null && !began.isAfter(start.at());
    }
}
