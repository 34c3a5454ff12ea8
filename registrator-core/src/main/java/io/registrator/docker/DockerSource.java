package io.registrator.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.docker.ReplayPoint.Replay;
import io.registrator.http.Deadlines;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The containers of a Docker engine. Of its API it needs {@code /_ping}, {@code /events}, {@code /containers/json} and
 * {@code /containers/ID/json}, and for containers that were started by an image's ID {@code /images/ID/json}; for the questions about the engine itself {@code /info}, {@code /version} and {@code
 * /networks/bridge}. It only reads.
 *
 * <p>Each call runs on its caller's thread, if that is a virtual one, and else on a virtual thread of its own; events are
 * heard on a thread each stream.
 */
public final class DockerSource implements ContainerSource {
    private final DockerSettings settings;
    private final Deadlines deadlines = new Deadlines();
    private final EngineHttp http;
    private final EngineFailures failures;
    private final EngineCalls calls;
    private final EngineClock clock;
    private final EngineQuestions engine;
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
     * @param wantsDocument of which containers the snapshot is to carry the whole answer
     * @throws IllegalArgumentException when the TLS files cannot be used
     */
    public DockerSource(DockerSettings settings, Predicate<ContainerSnapshot> wantsDocument) {
        this.settings = settings;
        http = EngineHttp.to(settings);
        failures = new EngineFailures(settings);
        calls = new EngineCalls(deadlines, failures);
        clock = new EngineClock(http, InstantSource.system());
        engine = new EngineQuestions(http, wantsDocument);
    }

    /**
     * What the engine says of itself: a first question at start-up, whose failure tells a person what to do about a missing
     * socket, a missing right or a silent engine.
     */
    public Outcome<EngineInfo> engine() {
        return calls.ask(settings.inspectDeadline(), engine::info);
    }

    /**
     * The host's addresses on a local engine's default bridge network; none where it has no such network. One of them
     * on an interface of ours says that we run in the network namespace of its host.
     */
    public Outcome<ImmutableSet<InetAddress>> bridgeGateways() {
        return settings.isLocal()
                ? calls.ask(settings.inspectDeadline(), engine::bridgeGateways)
                : Outcome.success(ImmutableSet.of());
    }

    /** To the second. */
    @Override
    public Outcome<Instant> time() {
        return calls.ask(settings.inspectDeadline(), clock::now);
    }

    @Override
    public Optional<String> lostForGood() {
        return settings.isUnix() ? OrphanSocket.on(settings.socket()) : Optional.empty();
    }

    @Override
    public Outcome<EventStream> subscribe(EventListener listener) {
        return switch (calls.ask(settings.inspectDeadline(), () -> replayPoint.next(clock.now()))) {
            case Outcome.Success<Replay>(var replay) -> open(listener, replay);
            case Outcome.Failed<Replay>(var failure) -> Outcome.failed(failure);
        };
    }

    @Override
    public Outcome<ImmutableList<ContainerListing>> list() {
        return calls.ask(settings.listDeadline(), engine::containers);
    }

    @Override
    public Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
        return calls.ask(settings.inspectDeadline(), () -> engine.container(id));
    }

    /** Ends the event stream, without a word to its listener, and closes all connections. */
    @Override
    public void close() {
        feeds.forEach(EventFeed::close);
        http.close();
        deadlines.close();
    }

    private Outcome<EventStream> open(EventListener listener, Replay replay) {
        return switch (calls.ask(settings.listDeadline(), () -> http.openStream(EngineEvents.target(replay.since())))) {
            case Outcome.Success<Response>(var response) -> Outcome.success(feed(response, replay, listener));
            case Outcome.Failed<Response>(var failure) -> Outcome.failed(failure);
        };
    }

    private EventFeed feed(Response response, Replay replay, EventListener listener) {
        var feed = new EventFeed(
                response,
                listener,
                replayPoint,
                replay,
                thrown -> failures.of(thrown, settings.listDeadline()),
                deadlines,
                settings.inspectDeadline());
        replayPoint.opened();
        feeds.removeIf(EventFeed::isOver);
        feeds.add(feed);
        feed.start();
        return feed;
    }
}
