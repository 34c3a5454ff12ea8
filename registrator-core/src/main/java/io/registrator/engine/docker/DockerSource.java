package io.registrator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.engine.docker.ReplayPoint.Replay;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.net.http.Deadlines;
import io.registrator.reconcile.ContainerSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of a Docker engine. Of its API it needs {@code /_ping}, {@code /events}, {@code /containers/json} and
 * {@code /containers/ID/json}, and for containers that were started by an image's ID {@code /images/ID/json}; for the
 * questions about the engine itself {@code /info}, {@code /version} and {@code /networks/bridge}. It only reads.
 *
 * <p>Each call runs on its caller's thread, if that is a virtual one, and else on a virtual thread of its own; events are
 * heard on a thread each stream.
 */
public final class DockerSource implements ContainerSource {
    private static final Logger log = LoggerFactory.getLogger(DockerSource.class);
    private static final String BRIDGE = "bridge";

    private final DockerSettings settings;
    private final Predicate<ContainerSnapshot> wantsDocument;
    private final Deadlines deadlines = new Deadlines();
    private final EngineClock clock = new EngineClock(InstantSource.system());
    private final EngineFailures failures;
    private final DockerClient engine;
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
        this.wantsDocument = wantsDocument;
        failures = new EngineFailures(settings);
        engine = DockerClients.open(settings, deadlines, clock);
    }

    /**
     * What the engine says of itself: a first question at start-up, whose failure tells a person what to do about a missing
     * socket, a missing right or a silent engine.
     */
    public Outcome<EngineInfo> engine() {
        return ask(settings.inspectDeadline(), () -> {
            Info info = engine.infoCmd().exec();
            return new EngineInfo(
                    Objects.requireNonNullElse(info.getName(), ""),
                    Objects.requireNonNullElse(info.getServerVersion(), ""),
                    Objects.requireNonNullElse(engine.versionCmd().exec().getApiVersion(), ""),
                    Objects.requireNonNullElse(info.getOperatingSystem(), ""));
        });
    }

    /**
     * The host's addresses on a local engine's default bridge network; none where it has no such network. One of them
     * on an interface of ours says that we run in the network namespace of its host.
     */
    public Outcome<ImmutableSet<InetAddress>> bridgeGateways() {
        return settings.isLocal()
                ? ask(settings.inspectDeadline(), this::gatewaysOfBridge)
                : Outcome.success(ImmutableSet.of());
    }

    private ImmutableSet<InetAddress> gatewaysOfBridge() {
        try {
            return BridgeGateways.of(
                    engine.inspectNetworkCmd().withNetworkId(BRIDGE).exec());
        } catch (NotFoundException noSuchNetwork) {
            return ImmutableSet.of();
        }
    }

    @Override
    public Optional<String> lostForGood() {
        return settings.isUnix() ? OrphanSocket.on(settings.socket()) : Optional.empty();
    }

    /** To the second. */
    @Override
    public Outcome<Instant> time() {
        return ask(settings.inspectDeadline(), () -> {
            engine.pingCmd().exec();
            return clock.now();
        });
    }

    @Override
    public Outcome<EventStream> subscribe(EventListener listener) {
        return switch (time()) {
            case Outcome.Success<Instant>(Instant now) -> open(listener, replayPoint.next(now));
            case Outcome.Failed<Instant>(Failure failure) -> Outcome.failed(failure);
        };
    }

    private Outcome<EventStream> open(EventListener listener, Replay replay) {
        var feed = new EventFeed(listener, replayPoint, replay, thrown -> failures.of(thrown, settings.listDeadline()));
        feeds.removeIf(EventFeed::isOver);
        feeds.add(feed);
        EventMapper.filtered(engine.eventsCmd()).withSince(replay.since()).exec(feed);
        return feed.awaitOpened();
    }

    @Override
    public Outcome<ImmutableList<ContainerListing>> list() {
        return ask(
                settings.listDeadline(),
                () -> ListingMapper.map(
                        engine.listContainersCmd().withShowAll(true).exec()));
    }

    @Override
    public Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
        return ask(settings.inspectDeadline(), () -> snapshot(id));
    }

    private Optional<ContainerSnapshot> snapshot(ContainerId id) {
        try {
            var answer = engine.inspectContainerCmd(id.value()).exec();
            var snapshot = named(SnapshotMapper.map(answer));
            return Optional.of(
                    wantsDocument.test(snapshot)
                            ? snapshot.withDocument(Documents.of(answer.getRawValues()))
                            : snapshot);
        } catch (DockerException refused) {
            if (EngineFailures.isNoSuchContainer(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** A container that was started by its image's ID costs one request more; an engine that refuses to answer leaves it at the ID. */
    private ContainerSnapshot named(ContainerSnapshot container) {
        var id = ImageReference.nameless(container);
        if (id.isEmpty()) {
            return container;
        }
        try {
            return ImageReference.name(engine.inspectImageCmd(id.get()).exec())
                    .map(container::withImage)
                    .orElse(container);
        } catch (DockerException refused) {
            log.debug("No name for the image of {}", container.ref(), refused);
            return container;
        }
    }

    /** Ends the event stream, without a word to its listener, and closes all connections. */
    @Override
    public void close() {
        feeds.forEach(EventFeed::close);
        try {
            engine.close();
        } catch (IOException e) {
            log.debug("Closing the connections to the Docker engine failed", e);
        }
        deadlines.close();
    }

    /** Whatever goes wrong comes back as data. */
    private <T> Outcome<T> ask(Duration limit, Callable<T> question) {
        try {
            return Outcome.success(deadlines.call(limit, question));
        } catch (ExecutionException e) {
            return Outcome.failed(failures.of(e, limit));
        } catch (TimeoutException e) {
            return Outcome.failed(failures.of(e, limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.Transient("interrupted while asking the Docker engine"));
        }
    }
}
