package io.registrator.reconcile;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.registrator.derive.DerivedService;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.HostAddress;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a registry equal to an engine. Level-triggered: events and hints only say where to look, and every decision is
 * made from the whole of what is known about one service. The state lives here and in the trackers, on the thread that
 * calls {@link #run}, which never waits for a peer.
 */
public final class ReconcileLoop {
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    /** Two rounds of writes. */
    private static final int ENOUGH_TO_WRITE = 16;

    private final ContainerSource source;
    private final LoopSettings settings;
    private final Planner planner;
    private final ServiceRegistry registry;
    private final Surroundings around;
    private final Mailbox mailbox = new Mailbox();
    private final PeerHealth engine;
    private final EnginePing ping;
    private final StopSignals signals;
    private final EventSubscription events;
    private final ContainerTracker containers;
    private final ServiceTracker services;
    private final Admission admission;
    private final DesiredTracker desired;
    private final HostAddressTracker hostAddress;
    private final Successors successors;
    private final EarlierNodes earlierNodes;
    private final Heartbeats heartbeats;
    private final Guard guard;
    private final Farewell farewell;

    private final SequencedSet<ServiceId> pending = new LinkedHashSet<>();
    private final Map<ServiceId, Decision.Conflict> conflicts = new HashMap<>();

    /** Services that wait for what the engine says next of the container that they were registered for. */
    private final SetMultimap<ContainerId, ServiceId> blocked = HashMultimap.create();

    /** Removals that wait until every container is known. */
    private final Set<ServiceId> afterPass = new LinkedHashSet<>();

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
        this.planner = planner;
        this.registry = registry;
        this.around = new Surroundings(
                mailbox, new Requests(runtime.workers(), mailbox), runtime.clock(), runtime.random(), observer);
        this.guard = new Guard(observer, this::passSoon);
        this.engine = new PeerHealth(Peer.ENGINE, around, this::engineBack);
        this.ping = new EnginePing(source, around, engine);
        this.containers = new ContainerTracker(source, around, engine, this::looked, this::engineListed);
        this.services = new ServiceTracker(registry, planner, around, this::replan, this::registryListed);
        this.admission = new Admission(prober, containers, registry.knowsMaintenance(), around, pending::add);
        this.heartbeats = new Heartbeats(registry, around, services::relistSoon);
        this.desired = new DesiredTracker(deriver, containers, admission::isOffered, observer);
        this.hostAddress = new HostAddressTracker(hostAddress, around, this::hostAddressChanged);
        this.successors = new Successors(desired, services, planner);
        this.farewell = new Farewell(settings, planner, containers, services, observer);
        this.earlierNodes = new EarlierNodes(planner, containers, desired, services, observer);
        this.signals = new StopSignals(containers, desired, admission, planner.removesWhatStops(), this::reconsider);
        this.events = new EventSubscription(source, around, engine, this::engineConnected);
        this.nextPass = around.now();
    }

    /**
     * Runs until {@link #stop} has been called and the last pass is over, or the thread is interrupted.
     *
     * @throws EngineLostException when no wait will bring the engine back; services stay as they are
     */
    public void run() {
        registry.watch(() -> mailbox.post(services::relistSoon));
        try {
            while (!isOver()) {
                mailbox.await(guardedStep());
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
        farewell.end();
    }

    /** Asks for a last pass and the end of {@link #run}. From any thread; returns at once. */
    public void stop() {
        mailbox.post(() -> {
            events.close();
            farewell.begin(around.now());
            if (farewell.isLeaving()) {
                planEverything();
            }
        });
    }

    /**
     * Has this run on the loop's thread when a step that began after this call is over, and no error was met in it. From any
     * thread; returns at once.
     */
    public void afterNextStep(Runnable done) {
        mailbox.post(() -> guard.afterCleanStep(done));
    }

    /** An error of our own must not end the daemon; it looks at everything again a little later. */
    private Duration guardedStep() {
        try {
            step();
            return untilNextDue();
        } catch (RuntimeException | Error bug) {
            guard.failed(bug);
            return AFTER_ERROR;
        }
    }

    private void passSoon() {
        Instant soon = around.now().plus(AFTER_ERROR);
        nextPass = nextPass.isBefore(soon) ? nextPass : soon;
    }

    /** Does all that can be done at this moment without waiting. */
    void step() {
        guard.beginStep();
        mailbox.takeOutcomes().forEach(guard::run);
        if (engine.isDown()) {
            engineLost = source.lostForGood().orElse(null);
        }
        mailbox.takeEvents().forEach(event -> guard.run(() -> take(event)));
        Instant now = around.now();
        beginPassIfDue(now);
        reopenIfSilent(now);
        events.advance(now);
        if (!farewell.hasBegun()) {
            ping.advance(now);
        }
        services.advance(now);
        admission.drainedInVain(now).forEach(this::reconsider);
        planPending();
        containers.advance(now, !writesAreBehind());
        hostAddress.advance(now);
        admission.advance(now);
        if (services.isWritable() && !farewell.hasBegun()) {
            heartbeats.advance(now);
        }
        if (passRunning && nothingLeft(now)) {
            finishPass();
            planPending();
        }
        earlierNodes.tell();
        farewell.advance(now);
        guard.endStep();
    }

    /** What each event means. All but signals only say where to look; the end of a run is believed until that is done. */
    private void take(EngineEvent event) {
        switch (event) {
            case EngineEvent.Changed(ContainerId id) -> containers.changed(id);
            case EngineEvent.NetworkChanged(ContainerId id) -> containers.networkChanged(id);
            case EngineEvent.Died died -> containers.died(died);
            case EngineEvent.Signalled signalled -> signals.signalled(signalled);
        }
    }

    /** A connection may be dead without an end: what it should have told, listings show. */
    private void reopenIfSilent(Instant now) {
        if (!farewell.hasBegun() && events.isOpen() && containers.isSilent(now)) {
            events.reopenSilent();
        }
    }

    private void beginPassIfDue(Instant now) {
        if (farewell.hasBegun() || now.isBefore(nextPass)) {
            return;
        }
        passRunning = true;
        around.observer().passStarted();
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
        signals.listed();
        if (first) {
            planEverything();
        }
    }

    private void registryListed(boolean lostAll) {
        if (lostAll) {
            admission.lostAll();
        }
        planEverything();
    }

    private void looked(ContainerId id) {
        admission.looked(id);
        reconsider(id);
        signals.looked(id);
        pending.addAll(blocked.removeAll(id));
    }

    /** Even where its services are the same, they may have to be in another state now. */
    private void reconsider(ContainerId id) {
        pending.addAll(desired.refresh(id));
        pending.addAll(desired.claimedBy(id));
        if (desired.awaitsHostAddress(id)) {
            hostAddress.need();
        }
    }

    private void hostAddressChanged(HostAddress address) {
        pending.addAll(desired.moveTo(address));
        planEverything();
    }

    private void replan(ServiceId id) {
        pending.add(id);
        pending.addAll(successors.release(id));
    }

    private void planEverything() {
        pending.addAll(desired.ids());
        pending.addAll(services.ids());
    }

    private void planPending() {
        if (!services.isWritable()) {
            return;
        }
        while (!pending.isEmpty() && services.hasRoom()) {
            ServiceId id = pending.removeFirst();
            if (!services.isWriting(id)) {
                guard.run(() -> plan(id));
            }
        }
    }

    /**
     * Whether there is more to write than can be written for a while, so that inspects would only take the machine from the
     * agent. There are writes under way then, and the end of one wakes the loop.
     */
    private boolean writesAreBehind() {
        return services.isWritable() && pending.size() >= ENOUGH_TO_WRITE;
    }

    private void plan(ServiceId id) {
        ObservedService have = services.get(id);
        DerivedService want = farewell.isLeaving() ? null : desired.get(id);
        if (want == null) {
            admission.forget(id);
            OwnerMark.containerOf(have)
                    .filter(container -> !farewell.isLeaving() && desired.awaitsHostAddress(container))
                    .ifPresentOrElse(container -> awaitHostAddress(id, container), () -> decide(id, null, have));
            return;
        }
        switch (admission.verdict(want, have)) {
            case ASKING -> {}
            case NOT_YET -> decide(id, null, have);
            case ANSWERS, UNPROVEN -> decide(id, want, have);
        }
    }

    /** What a container gave before we were started stays while we do not know where it is. */
    private void awaitHostAddress(ServiceId id, ContainerId container) {
        blocked.put(container, id);
        leave(new Decision.LeaveAlone(id, Decision.LeaveAlone.Why.AWAITS_HOST_ADDRESS));
    }

    private void decide(ServiceId id, @Nullable DerivedService want, @Nullable ObservedService have) {
        ServiceDefinition definition = want == null ? null : want.definition();
        Optional<ContainerId> registeredFor = OwnerMark.containerOf(have);
        Optional<ContainerId> unresolved = registeredFor
                .filter(container ->
                        definition == null || !definition.container().id().equals(container))
                .filter(container ->
                        !farewell.isLeaving() && !containers.isResolved(container) && !admission.isDraining(container));
        if (unresolved.isPresent()) {
            blocked.put(unresolved.get(), id);
            return;
        }
        if (earlierNodes.learn(id, have)) {
            planEverything();
        }
        ContainerSnapshot container = registeredFor
                .map(containers::get)
                .or(() -> Optional.ofNullable(have).flatMap(service -> planner.claimant(service, containers::find)))
                .orElse(null);
        String maintenance = want == null ? null : admission.maintenance(want);
        Decision decision = planner.decide(id, definition, maintenance, have, container, earlierNodes);
        if (decision instanceof Decision.LeaveAlone(var same, var why)
                && why == Decision.LeaveAlone.Why.KEPT_BY_POLICY) {
            registeredFor.ifPresent(owner -> blocked.put(owner, id));
        }
        act(decision);
    }

    private void act(Decision decision) {
        switch (decision) {
            case Decision.Action action -> actUnlessHeld(action);
            case Decision.Conflict conflict -> report(conflict);
            case Decision.InSync same -> inSync(same.definition());
            case Decision.LeaveAlone left -> leave(left);
        }
    }

    private void actUnlessHeld(Decision.Action action) {
        conflicts.remove(action.id());
        // What is updated is still there, and well.
        if (!action.isUpdate()) {
            heartbeats.drop(action.id());
        }
        if (action instanceof Decision.Deregister removal && removal.isOfAnother() && !containers.allResolved()) {
            afterPass.add(action.id());
        } else if (!services.isHeld(action) && !waitsForSuccessor(action)) {
            earlierNodes.writing(action);
            services.write(action, admission.conditionFor(action));
        }
    }

    private boolean waitsForSuccessor(Decision.Action action) {
        if (!(action instanceof Decision.Deregister deregister) || farewell.isLeaving()) {
            return false;
        }
        Optional<ServiceId> successor = successors.of(deregister);
        successor.ifPresent(pending::add);
        return successor.isPresent();
    }

    private void report(Decision.Conflict conflict) {
        heartbeats.drop(conflict.id());
        admission.forget(conflict.id());
        services.settled(conflict.id());
        if (!conflict.equals(conflicts.put(conflict.id(), conflict))) {
            around.observer().conflict(conflict);
        }
    }

    private void inSync(ServiceDefinition definition) {
        conflicts.remove(definition.id());
        services.settled(definition.id());
        admission.registered(definition);
        heartbeats.keep(definition, admission.condition(definition));
        around.observer().inSync(definition);
        if (definition.token() != null) {
            registry.useToken(definition.id(), definition.token());
        }
    }

    private void leave(Decision.LeaveAlone left) {
        settled(left.id());
        around.observer().left(left);
    }

    private void settled(ServiceId id) {
        heartbeats.drop(id);
        conflicts.remove(id);
        services.settled(id);
        if (desired.get(id) == null) {
            pending.addAll(successors.release(id));
        }
    }

    private void finishPass() {
        passRunning = false;
        pending.addAll(afterPass);
        afterPass.clear();
        around.observer()
                .passCompleted(new PassSummary(
                        containers.size(),
                        desired.ids().size(),
                        services.failing() + conflicts.size() + desired.waiting()));
    }

    private boolean nothingLeft(Instant now) {
        return pending.isEmpty()
                && !hostAddress.isBeingFound()
                && containers.hasListed()
                && containers.isSettled(now)
                && services.isSettled(now);
    }

    /** Whether it has been stopped and has done what it could. */
    boolean isOver() {
        Instant now = around.now();
        return engineLost != null
                || farewell.hasBegun()
                        && (farewell.isLate(now)
                                || !services.isWritable()
                                || (pending.isEmpty() && isDone() && containers.isIdle()));
    }

    private boolean isDone() {
        return services.isIdle() && !(farewell.isLeaving() && services.isRetrying());
    }

    /** How long there is nothing to do, unless somebody says otherwise. */
    Duration untilNextDue() {
        if (isOver()) {
            return Duration.ZERO;
        }
        return Moments.wait(
                around.now(),
                LONGEST_SLEEP,
                Optional.of(farewell.dueOr(nextPass)),
                events.nextDue(),
                ping.nextDue(),
                containers.nextDue(),
                services.nextDue(),
                hostAddress.nextDue(),
                admission.nextDue(),
                services.isWritable() ? heartbeats.nextDue() : Optional.empty());
    }
}
