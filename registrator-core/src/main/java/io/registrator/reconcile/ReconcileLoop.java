package io.registrator.reconcile;

import io.registrator.derive.Deriver;
import io.registrator.model.ContainerId;
import io.registrator.model.HostAddress;
import io.registrator.model.ServiceId;
import io.registrator.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a registry equal to an engine. Level-triggered: events and hints only say where to look, and every decision is
 * made from the whole of what is known about one service. All state lives in the entries of
 * {@link EngineCache} and {@link ServiceTable}, on the thread that calls {@link #run}, which never waits for a peer. What happens
 * in which order, {@link #step} shows.
 */
public final class ReconcileLoop {
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    /** Two rounds of writes. */
    private static final int ENOUGH_TO_WRITE = 16;

    private final ContainerSource source;
    private final LoopSettings settings;
    private final ServiceRegistry registry;
    private final LoopContext context;
    private final WorkQueue queue = new WorkQueue();
    private final PeerHealth engine;
    private final EnginePing ping;
    private final EventSubscription events;
    private final EngineCache containers;
    private final ServiceTable services;
    private final Derivations desired;
    private final Gate gate;
    private final HostAddressCache hostAddress;
    private final Heartbeats heartbeats;
    private final EarlierNodes earlierNodes;
    private final ServiceReconciler reconciler;
    private final StepErrors errors;
    private final Shutdown shutdown;

    private boolean passRunning;
    private Instant nextPass;
    private @Nullable String engineLost;

    public ReconcileLoop(
            ContainerSource source,
            ServiceRegistry registry,
            HostAddressSource hostAddress,
            Prober prober,
            Deriver deriver,
            Planner planner,
            LoopSettings settings,
            LoopRuntime runtime,
            ReconcileObserver observer) {
        this.source = source;
        this.settings = settings;
        this.registry = registry;
        this.context = new LoopContext(queue, runtime, observer);
        this.errors = new StepErrors(observer, this::passSoon);
        this.engine = new PeerHealth(Peer.ENGINE, context, this::engineBack);
        this.ping = new EnginePing(source, context, engine);
        this.events = new EventSubscription(source, context, engine, this::engineConnected);
        this.containers = new EngineCache(source, context, engine, this::looked, this::engineListed);
        this.services = new ServiceTable(registry, planner, context, this::changed, this::registryListed);
        this.gate = new Gate(
                new Readiness(prober, context, this::waited),
                containers,
                services,
                registry.knowsMaintenance(),
                planner.removesWhatStops(),
                context,
                this::reconsider);
        this.desired = new Derivations(deriver, containers, gate::isOffered, observer);
        this.hostAddress = new HostAddressCache(hostAddress, context, this::hostAddressChanged);
        this.heartbeats = new Heartbeats(registry, context, services::relistSoon);
        this.shutdown = new Shutdown(settings, planner, containers, services, observer);
        this.earlierNodes = new EarlierNodes(planner, containers, desired, services, observer);
        this.reconciler = new ServiceReconciler(
                planner, registry, containers, services, desired, gate, heartbeats, earlierNodes, shutdown, observer);
        this.nextPass = context.now();
    }

    /**
     * Runs until {@link #stop} has been called and the last pass is over, or the thread is interrupted.
     *
     * @throws EngineLostException when no wait will bring the engine back; services stay as they are
     */
    public void run() {
        registry.watch(() -> queue.post(services::relistSoon));
        try {
            while (!isOver()) {
                queue.await(guardedStep());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
        if (engineLost != null) {
            throw new EngineLostException(engineLost);
        }
    }

    /** Closes the stream, and tells what could not be done. */
    void end() {
        events.close();
        shutdown.end();
    }

    /** Asks for a last pass and the end of {@link #run}. From any thread; returns at once. */
    public void stop() {
        queue.post(() -> {
            events.close();
            shutdown.begin(context.now());
            if (shutdown.isLeaving()) {
                reconciler.enqueueAll();
            }
        });
    }

    /**
     * Has this run on the loop's thread when a step that began after this call is over, and no error was met in it. From any
     * thread; returns at once.
     */
    public void afterNextStep(Runnable done) {
        queue.post(() -> errors.afterCleanStep(done));
    }

    /** An error of our own must not end the daemon; it looks at everything again a little later. */
    private Duration guardedStep() {
        try {
            step();
            return untilNextDue();
        } catch (RuntimeException | Error bug) {
            errors.failed(bug);
            return AFTER_ERROR;
        }
    }

    private void passSoon() {
        Instant soon = context.now().plus(AFTER_ERROR);
        nextPass = nextPass.isBefore(soon) ? nextPass : soon;
    }

    /** Does all that can be done at this moment without waiting. */
    void step() {
        errors.beginStep();
        queue.takeOutcomes().forEach(errors::run);
        if (engine.isDown()) {
            engineLost = source.lostForGood().orElse(null);
        }
        queue.takeEvents().forEach(event -> errors.run(() -> take(event)));
        Instant now = context.now();
        beginPassIfDue(now);
        reopenIfSilent(now);
        events.advance(now);
        if (!shutdown.hasBegun()) {
            ping.advance(now);
        }
        services.advance(now);
        gate.advance(now);
        reconciler.advance(errors);
        containers.advance(now, !writesAreBehind());
        hostAddress.advance(now);
        gate.probe(now);
        if (services.isWritable() && !shutdown.hasBegun()) {
            heartbeats.advance(now);
        }
        if (passRunning && nothingLeft(now)) {
            finishPass();
            reconciler.advance(errors);
        }
        earlierNodes.tell();
        shutdown.advance(now);
        errors.endStep();
    }

    /** What each event means. All but signals only say where to look; the end of a run is believed until that is done. */
    private void take(EngineEvent event) {
        switch (event) {
            case EngineEvent.Changed(ContainerId id) -> containers.changed(id);
            case EngineEvent.NetworkChanged(ContainerId id) -> containers.networkChanged(id);
            case EngineEvent.Died died -> containers.died(died);
            case EngineEvent.Signalled signalled -> gate.signalled(signalled);
        }
    }

    /** A connection may be dead without an end: what it should have told, listings show. */
    private void reopenIfSilent(Instant now) {
        if (!shutdown.hasBegun() && events.isOpen() && containers.isSilent(now)) {
            events.reopenSilent();
        }
    }

    private void beginPassIfDue(Instant now) {
        if (shutdown.hasBegun() || now.isBefore(nextPass)) {
            return;
        }
        passRunning = true;
        context.observer().passStarted();
        nextPass = settings.resync().isZero() ? Instant.MAX : now.plus(settings.resync());
        services.beginPass();
        hostAddress.beginPass();
        if (events.isOpen()) {
            containers.relist();
        }
    }

    /** The stream is open first, so that nothing can happen unseen between the listing and the events. */
    private void engineConnected() {
        containers.reconnected();
        ping.begin();
    }

    /** Whatever it was away for: what was missed shows in a listing. */
    private void engineBack() {
        containers.relist();
    }

    /** Until the first complete listing nothing could be removed; now it can. */
    private void engineListed(boolean first) {
        if (first) {
            reconciler.enqueueAll();
        }
    }

    private void registryListed(boolean lostAll) {
        if (lostAll) {
            gate.lostAll();
        }
        reconciler.enqueueAll();
    }

    private void looked(ContainerEntry entry) {
        gate.looked(entry);
        reconsider(entry.id());
        entry.takeSignals().forEach(gate::signalled);
        reconciler.looked(entry.id());
    }

    /** Even where its services are the same, they may have to be in another state now. */
    private void reconsider(ContainerId id) {
        reconciler.enqueue(desired.refresh(id));
        reconciler.enqueue(desired.claimedBy(id));
        if (desired.awaitsHostAddress(id)) {
            hostAddress.need();
        }
    }

    private void changed(ServiceId id) {
        reconciler.changed(id);
    }

    private void waited(ServiceId id) {
        reconciler.enqueue(id);
    }

    private void hostAddressChanged(HostAddress address) {
        reconciler.enqueue(desired.moveTo(address));
        reconciler.enqueueAll();
    }

    /**
     * Whether there is more to write than can be written for a while, so that inspects would only take the machine from the
     * agent. There are writes under way then, and the end of one wakes the loop.
     */
    private boolean writesAreBehind() {
        return services.isWritable() && reconciler.waiting() >= ENOUGH_TO_WRITE;
    }

    private void finishPass() {
        passRunning = false;
        reconciler.passOver();
        context.observer()
                .passCompleted(new PassSummary(
                        containers.size(),
                        desired.ids().size(),
                        services.failing() + reconciler.conflicts() + desired.waiting()));
    }

    private boolean nothingLeft(Instant now) {
        return reconciler.isIdle()
                && !hostAddress.isBeingFound()
                && containers.hasListed()
                && containers.isSettled(now)
                && services.isSettled(now);
    }

    /** Whether it has been stopped and has done what it could. */
    boolean isOver() {
        Instant now = context.now();
        return engineLost != null
                || shutdown.hasBegun()
                        && (shutdown.isLate(now)
                                || !services.isWritable()
                                || (reconciler.isIdle() && isDone() && containers.isIdle()));
    }

    private boolean isDone() {
        return services.isIdle() && !(shutdown.isLeaving() && services.isRetrying());
    }

    /** How long there is nothing to do, unless somebody says otherwise. */
    Duration untilNextDue() {
        if (isOver()) {
            return Duration.ZERO;
        }
        Instant now = context.now();
        Instant next = LoopContext.earliest(
                        Optional.of(now.plus(LONGEST_SLEEP)),
                        Optional.of(shutdown.dueOr(nextPass)),
                        events.nextDue(),
                        ping.nextDue(),
                        containers.nextDue(),
                        services.nextDue(),
                        hostAddress.nextDue(),
                        gate.nextDue(),
                        services.isWritable() ? heartbeats.nextDue() : Optional.empty())
                .orElse(now);
        return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
    }
}
