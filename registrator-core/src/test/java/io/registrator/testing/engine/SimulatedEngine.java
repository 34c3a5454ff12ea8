package io.registrator.testing.engine;

import io.registrator.testing.engine.SimulatedContainer.Health;
import io.registrator.testing.engine.SimulatedContainer.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine of nothing but its HTTP API: containers that a test makes, starts and ends by calls here are listed,
 * inspected and told of by events as a real engine does. It can also be made to fail in every way: {@link #faults} for its
 * answers, {@link #events} for its event streams, {@link #stop} for all of it.
 *
 * <p>Thread-safe.
 */
public final class SimulatedEngine implements AutoCloseable, Conversation.Peer {
    /** What {@code /info} calls the host. */
    public static final String HOST_NAME = "simulated";

    private final ApiVersion version;
    private final Path socket;
    private final InstantSource clock = InstantSource.system();
    private final Containers containers;
    private final EventStreams events;
    private final EngineAnswers answers;
    private final Faults faults = new Faults();
    private final RequestCounts requests = new RequestCounts();
    private final AtomicLong connections = new AtomicLong();
    private final SplittableRandom ids = new SplittableRandom();
    private int made;
    private @Nullable HttpListener listener;

    private SimulatedEngine(Path socket, ApiVersion version) {
        this.socket = socket;
        this.version = version;
        containers = new Containers(version);
        events = new EventStreams(version);
        answers = new EngineAnswers(version, clock, containers, events);
        startAgain();
    }

    /** Listens on a socket of its own. */
    public static SimulatedEngine start(ApiVersion version) {
        try {
            return at(Files.createTempDirectory("engine").resolve("docker.sock"), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens on this socket, whose folder is removed with it if it is empty then. */
    public static SimulatedEngine at(Path socket, ApiVersion version) {
        return new SimulatedEngine(socket, version);
    }

    public URI uri() {
        return URI.create("unix://" + socket);
    }

    public Faults faults() {
        return faults;
    }

    public EventStreams events() {
        return events;
    }

    /** How many requests there were for a path, without version and query; inspects are {@code /containers/ID/json}. */
    public long requests(String path) {
        return requests.of(path);
    }

    /** How many connections were ever made. */
    public long connections() {
        return connections.get();
    }

    public synchronized int openConnections() {
        return listener == null ? 0 : listener.openConnections();
    }

    /** Nobody listens any more, and past events are forgotten; containers stay as they are. */
    public synchronized void stop() {
        if (listener != null) {
            listener.close();
            events.forget();
            listener = null;
        }
    }

    public synchronized void startAgain() {
        if (listener == null) {
            listener = new HttpListener(socket, this, connections);
        }
    }

    /** The ID of a container that has not run yet. */
    public synchronized String create(ContainerSpec spec) {
        String id = newId();
        SimulatedContainer container = SimulatedContainer.created(id, made++, spec, clock.instant());
        containers.put(container);
        tell(container, "create");
        return id;
    }

    /** The ID of a container that runs. */
    public synchronized String run(ContainerSpec spec) {
        String id = create(spec);
        start(id);
        return id;
    }

    public synchronized void start(String id) {
        SimulatedContainer container = change(id, (known, now) -> known.started(now));
        tellNetwork(container, "connect");
        tell(container, "start");
    }

    /** Sends its process a signal, by which it does not end. */
    public synchronized void signal(String id, int number) {
        tell(known(id), "kill", Map.of("signal", String.valueOf(number)));
    }

    /** Its process ends by itself. */
    public synchronized void die(String id, int exitCode) {
        SimulatedContainer container = change(id, (known, now) -> known.ended(now, exitCode));
        tell(container, "die", dying(container));
        tellNetwork(container, "disconnect");
    }

    /** As {@code docker stop} does to a process that heeds SIGTERM. */
    public synchronized void stop(String id) {
        signal(id, 15);
        die(id, 0);
        tell(known(id), "stop");
    }

    public synchronized void pause(String id) {
        tell(change(id, (known, now) -> known.in(State.PAUSED)), "pause");
    }

    public synchronized void unpause(String id) {
        tell(change(id, (known, now) -> known.in(State.RUNNING)), "unpause");
    }

    public synchronized void rename(String id, String name) {
        String before = known(id).name();
        tell(change(id, (known, now) -> known.renamed(name)), "rename", Map.of("oldName", "/" + before));
    }

    /** @param status {@code starting}, {@code healthy} or {@code unhealthy} */
    public synchronized void health(String id, String status) {
        Health health = Health.valueOf(status.toUpperCase(Locale.ROOT));
        tell(change(id, (known, now) -> known.with(health)), "health_status: " + status);
    }

    /** Removes it, running or not. */
    public synchronized void remove(String id) {
        if (known(id).state().isAlive()) {
            signal(id, 9);
            die(id, 137);
        }
        SimulatedContainer container = known(id);
        containers.remove(id);
        tell(container, "destroy");
    }

    /** The names of all containers that run, sorted. */
    public List<String> running() {
        return containers
                .all()
                .filter(container -> container.state() == State.RUNNING)
                .map(SimulatedContainer::name)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        stop();
        try {
            try (var rest = Files.list(socket.getParent())) {
                if (rest.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(socket.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Answer answer(Request request) {
        requests.add(request.path());
        return faults.to(request.path()).orElseGet(() -> answers.to(request));
    }

    @Override
    public String head(int status, String contentType) {
        return answers.head(status, contentType);
    }

    @Override
    public void begins(EventSubscriber subscriber) {
        events.begin(subscriber);
    }

    @Override
    public void ended(EventSubscriber subscriber) {
        events.end(subscriber);
    }

    private interface Change {
        SimulatedContainer of(SimulatedContainer container, Instant now);
    }

    private SimulatedContainer change(String id, Change change) {
        SimulatedContainer changed = change.of(known(id), clock.instant());
        containers.put(changed);
        return changed;
    }

    private Map<String, String> dying(SimulatedContainer container) {
        String code = String.valueOf(container.exitCode());
        long seconds =
                Duration.between(container.startedAt(), container.finishedAt()).toSeconds();
        return version == ApiVersion.V1_41
                ? Map.of("exitCode", code)
                : Map.of("exitCode", code, "execDuration", String.valueOf(seconds));
    }

    private SimulatedContainer known(String id) {
        return containers.find(id).orElseThrow(() -> new IllegalArgumentException("no container " + id));
    }

    private void tell(SimulatedContainer container, String action) {
        tell(container, action, Map.of());
    }

    private void tell(SimulatedContainer container, String action, Map<String, String> attributes) {
        events.publish(EngineEvent.of(container, action, attributes, clock.instant()));
    }

    private void tellNetwork(SimulatedContainer container, String action) {
        if (!container.network().isEmpty()) {
            events.publish(EngineEvent.ofNetwork(container, action, clock.instant()));
        }
    }

    private String newId() {
        HexFormat hex = HexFormat.of();
        StringBuilder id = new StringBuilder(64);
        for (int i = 0; i < 4; i++) {
            id.append(hex.toHexDigits(ids.nextLong()));
        }
        return id.toString();
    }
}
