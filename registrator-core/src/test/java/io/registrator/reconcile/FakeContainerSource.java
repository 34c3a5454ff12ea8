package io.registrator.reconcile;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory, for tests that drive the loop step by step. It has no threads of its own: listeners hear of an
 * event on the thread of the test that emits it, and of the events replayed by {@link #subscribe} on the subscriber's.
 */
public final class FakeContainerSource implements ContainerSource {
    /** In the run of any container of a test. */
    private static final Instant FIRST_SIGNAL = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<ContainerId, ContainerSnapshot> containers = new TreeMap<>();
    private final Map<ContainerId, Failure> inspectFailures = new HashMap<>();
    private final Map<ContainerId, CountDownLatch> held = new HashMap<>();
    private final List<Subscription> streams = new ArrayList<>();
    private final Set<ContainerId> unheard = new LinkedHashSet<>();
    private final Multiset<ContainerId> inspections = ConcurrentHashMultiset.create();
    private final List<EngineEvent.Signalled> signals = new ArrayList<>();
    private @Nullable Duration replayedAgo;
    private @Nullable Failure listFailure;
    private @Nullable Failure subscribeFailure;
    private @Nullable Failure timeFailure;
    private @Nullable String lostForGood;
    private int listings;
    private int subscriptions;
    private boolean closed;

    /** Adds the container or changes it, and says nothing. */
    public synchronized void put(ContainerSnapshot container) {
        containers.put(container.id(), container);
    }

    /** Takes the container away, and says nothing. */
    public synchronized void remove(ContainerId id) {
        containers.remove(id);
    }

    /** Tells the open streams that the container has changed; where none is open, the next one hears of it. */
    public synchronized void emit(ContainerId id) {
        if (streams.isEmpty()) {
            unheard.add(id);
        }
        tell(new EngineEvent.Changed(id));
    }

    /** Tells the open streams that the container was sent this signal. */
    public synchronized void signal(ContainerId id, int number) {
        Instant at = FIRST_SIGNAL.plusSeconds(signals.size());
        signals.add(new EngineEvent.Signalled(id, number, at, Duration.ZERO));
        tell(signals.getLast());
    }

    /** From now on streams that are opened replay the signals so far, as though each were so old. */
    public synchronized void replaySignals(Duration ago) {
        replayedAgo = ago;
    }

    /** Tells the open streams that a run of the container has ended. */
    public synchronized void die(ContainerId id, int exitCode, Instant at) {
        tell(new EngineEvent.Died(id, exitCode, at));
    }

    /** Tells the open streams that the container's networks have changed. */
    public synchronized void changeNetwork(ContainerId id) {
        tell(new EngineEvent.NetworkChanged(id));
    }

    private void tell(EngineEvent event) {
        List.copyOf(streams).forEach(stream -> stream.listener.told(event));
    }

    /** {@link #put} and {@link #emit}. */
    public void change(ContainerSnapshot container) {
        put(container);
        emit(container.id());
    }

    /** {@link #remove} and {@link #emit}. */
    public void destroy(ContainerId id) {
        remove(id);
        emit(id);
    }

    /** Ends the open streams from the engine's side. */
    public synchronized void cut(Failure why) {
        var ended = List.copyOf(streams);
        streams.clear();
        ended.forEach(stream -> stream.listener.ended(why));
    }

    /** From now on inspects of this container fail so; null: they work again. */
    public synchronized void failInspect(ContainerId id, @Nullable Failure failure) {
        if (failure == null) {
            inspectFailures.remove(id);
        } else {
            inspectFailures.put(id, failure);
        }
    }

    /** From now on listings fail so; null: they work again. */
    public synchronized void failList(@Nullable Failure failure) {
        listFailure = failure;
    }

    /** From now on subscriptions fail so; null: they work again. */
    public synchronized void failSubscribe(@Nullable Failure failure) {
        subscribeFailure = failure;
    }

    /** The engine is frozen: open streams stay open, and nothing is answered; null: it goes on. */
    public synchronized void freeze(@Nullable Failure failure) {
        failList(failure);
        failSubscribe(failure);
        failTime(failure);
    }

    private synchronized void failTime(@Nullable Failure failure) {
        timeFailure = failure;
    }

    /** The engine is gone: open streams end, listings and subscriptions fail; null: it is back. */
    public void outage(@Nullable Failure failure) {
        failList(failure);
        failSubscribe(failure);
        failTime(failure);
        if (failure != null) {
            cut(failure);
        }
    }

    /**
     * From now on inspects of this container block their caller until {@link #release}; an interrupt makes them fail.
     * They answer with what holds when they are released.
     */
    public synchronized void hold(ContainerId id) {
        held.putIfAbsent(id, new CountDownLatch(1));
    }

    /** Lets the inspects that {@link #hold} holds go on. */
    public synchronized void release(ContainerId id) {
        var latch = held.remove(id);
        if (latch != null) {
            latch.countDown();
        }
    }

    /** How often this container was inspected; counted when the call begins. */
    public int inspections(ContainerId id) {
        return inspections.count(id);
    }

    /** How often the containers were listed. */
    public synchronized int listings() {
        return listings;
    }

    /** How often somebody subscribed, refused ones included. */
    public synchronized int subscriptions() {
        return subscriptions;
    }

    /** How many streams are open. */
    public synchronized int openStreams() {
        return streams.size();
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized Outcome<EventStream> subscribe(EventListener listener) {
        subscriptions++;
        if (subscribeFailure != null) {
            return Outcome.failed(subscribeFailure);
        }
        var stream = new Subscription(listener);
        streams.add(stream);
        List.copyOf(unheard).forEach(id -> listener.told(new EngineEvent.Changed(id)));
        unheard.clear();
        if (replayedAgo != null) {
            Duration ago = replayedAgo;
            signals.forEach(
                    each -> listener.told(new EngineEvent.Signalled(each.container(), each.number(), each.at(), ago)));
        }
        return Outcome.success(stream);
    }

    /** From now on it will never answer this process again. */
    public synchronized void loseForGood(String why) {
        lostForGood = why;
    }

    @Override
    public synchronized Optional<String> lostForGood() {
        return Optional.ofNullable(lostForGood);
    }

    @Override
    public synchronized Outcome<Instant> time() {
        return timeFailure == null ? Outcome.success(Instant.EPOCH) : Outcome.failed(timeFailure);
    }

    @Override
    public synchronized Outcome<ImmutableList<ContainerListing>> list() {
        listings++;
        if (listFailure != null) {
            return Outcome.failed(listFailure);
        }
        return Outcome.success(containers.values().stream()
                .map(FakeContainerSource::listing)
                .collect(ImmutableList.toImmutableList()));
    }

    @Override
    public Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
        inspections.add(id);
        try {
            awaitRelease(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.Transient("interrupted"));
        }
        return answer(id);
    }

    @Override
    public synchronized void close() {
        streams.clear();
        List.copyOf(held.keySet()).forEach(this::release);
        closed = true;
    }

    private static ContainerListing listing(ContainerSnapshot container) {
        return new ContainerListing(
                container.id(), container.name(), container.asListed().toString());
    }

    private void awaitRelease(ContainerId id) throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = held.get(id);
        }
        if (latch != null) {
            latch.await();
        }
    }

    private synchronized Outcome<Optional<ContainerSnapshot>> answer(ContainerId id) {
        var failure = inspectFailures.get(id);
        return failure == null ? Outcome.success(Optional.ofNullable(containers.get(id))) : Outcome.failed(failure);
    }

    private final class Subscription implements EventStream {
        private final EventListener listener;

        Subscription(EventListener listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            synchronized (FakeContainerSource.this) {
                streams.remove(this);
            }
        }
    }
}
