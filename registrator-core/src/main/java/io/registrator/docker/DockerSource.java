package io.registrator.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The containers of a Docker engine. Of its API it needs {@code /_ping}, {@code /events}, {@code /containers/json} and
 * {@code /containers/ID/json}; for the questions about the engine itself {@code /info}, {@code /version} and {@code
 * /networks/bridge}. It only reads.
 *
 * <p>Each call runs on a virtual thread of its own; events are heard on a thread of docker-java's, one a stream.
 */
public final class DockerSource implements ContainerSource {
    private final DockerSettings settings;
    private final EngineConnections connections;
    private final EngineFailures failures;
    private final EngineCalls calls;
    private final EngineClock clock;
    private final WholeInspect wholeInspect;
    private final Predicate<ContainerSnapshot> wantsDocument;
    private final ReplayPoint replayPoint = new ReplayPoint();
    private final Set<EventFeed> feeds = ConcurrentHashMap.newKeySet();

    /**
     * Opens no connection yet.
     *
     * @throws IllegalArgumentException when the TLS files cannot be used
     */
    public DockerSource(DockerSettings settings) {
        this(settings, snapshot -> false);
    }

    /**
     * Opens no connection yet.
     *
     * @param wantsDocument of which containers the snapshot is to carry the whole answer; costs a second request each
     * @throws IllegalArgumentException when the TLS files cannot be used
     */
    public DockerSource(DockerSettings settings, Predicate<ContainerSnapshot> wantsDocument) {
        this.settings = settings;
        this.wantsDocument = wantsDocument;
        connections = EngineConnections.to(settings);
        failures = new EngineFailures(settings);
        calls = new EngineCalls(failures);
        wholeInspect = new WholeInspect(connections.callsHttp());
        clock = new EngineClock(connections.callsHttp(), InstantSource.system());
    }

    /**
     * What the engine says of itself: a first question at start-up, whose failure tells a person what to do about a missing
     * socket, a missing right or a silent engine.
     */
    public Outcome<EngineInfo> engine() {
        return calls.ask(settings.inspectDeadline(), () -> EngineQuestions.info(connections.calls()));
    }

    /**
     * The host's addresses on a local engine's default bridge network; none where it has no such network. One of them
     * on an interface of ours says that we run in the network namespace of its host.
     */
    public Outcome<ImmutableSet<InetAddress>> bridgeGateways() {
        return settings.isLocal()
                ? calls.ask(settings.inspectDeadline(), () -> EngineQuestions.bridgeGateways(connections.calls()))
                : Outcome.success(ImmutableSet.of());
    }

    /** What time it is for the engine, to the second. */
    public Outcome<Instant> time() {
        return calls.ask(settings.inspectDeadline(), clock::now);
    }

    @Override
    public Outcome<EventStream> subscribe(EventListener listener) {
        return switch (calls.ask(settings.inspectDeadline(), clock::now, replayPoint::since)) {
            case Outcome.Success<String>(var since) -> open(listener, since);
            case Outcome.Failed<String>(var failure) -> Outcome.failed(failure);
        };
    }

    @Override
    public Outcome<ImmutableList<ContainerListing>> list() {
        return calls.ask(settings.listDeadline(), this::rows, ListingMapper::map);
    }

    @Override
    public Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
        return switch (calls.ask(
                settings.inspectDeadline(), () -> answer(id), answer -> answer.map(SnapshotMapper::map))) {
            case Outcome.Success<Optional<ContainerSnapshot>>(var found)
            when found.filter(wantsDocument).isPresent() -> whole(found.get());
            case Outcome<Optional<ContainerSnapshot>> outcome -> outcome;
        };
    }

    private Outcome<Optional<ContainerSnapshot>> whole(ContainerSnapshot snapshot) {
        return calls.ask(
                settings.inspectDeadline(),
                () -> wholeInspect.of(snapshot.id()),
                document -> Optional.of(document.map(snapshot::withDocument).orElse(snapshot)));
    }

    /** Ends the event stream, without a word to its listener, and closes all connections. */
    @Override
    public void close() {
        feeds.forEach(EventFeed::close);
        connections.close();
    }

    private Outcome<EventStream> open(EventListener listener, String since) {
        var feed = new EventFeed(listener, replayPoint, thrown -> failures.of(thrown, settings.listDeadline()));
        feeds.removeIf(EventFeed::isOver);
        feeds.add(feed);
        EngineEvents.command(connections.events(), since).exec(feed);
        return feed.awaitOpened().<Outcome<EventStream>>map(Outcome::failed).orElseGet(() -> Outcome.success(feed));
    }

    private List<Container> rows() {
        return connections.calls().listContainersCmd().withShowAll(true).exec();
    }

    private Optional<InspectContainerResponse> answer(ContainerId id) {
        try {
            return Optional.of(
                    connections.calls().inspectContainerCmd(id.value()).exec());
        } catch (DockerException e) {
            return NoSuchContainer.orRethrow(e);
        }
    }
}
