package io.registrator.ops.observe;

import com.google.common.collect.ImmutableMap;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.IdConflict;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.HostAddress;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import io.registrator.reconcile.ReconcileObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What there is to be seen now, and the last things that happened. Fed on the loop's thread; {@link #snapshot} and {@link
 * #awaitNewer} may be called from any other, and hold the loop up for no longer than it takes to copy what it has.
 */
public final class StatusBoard implements ReconcileObserver {
    private static final int EVERY = 10;

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Instant started;
    private final Services services;
    private final Containers containers;
    private final Journal journal;
    private final Writes writes;
    private PeerStatus engine;
    private PeerStatus registry;
    private PassStatus passes = PassStatus.NONE;
    private long passStarted;
    private long version;
    private @Nullable BoardSnapshot latest;

    /**
     * @param clock the time of day, which may be set at any time
     * @param nanoTime monotonic, for durations
     */
    public StatusBoard(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.started = clock.instant();
        this.passStarted = nanoTime.getAsLong();
        this.services = new Services(clock);
        this.containers = new Containers(services);
        this.journal = new Journal(clock);
        this.writes = new Writes(services, containers, journal);
        this.engine = PeerStatus.unknown(started);
        this.registry = PeerStatus.unknown(started);
    }

    /** All of it at this moment; the same object until something changes. */
    public synchronized BoardSnapshot snapshot() {
        if (latest == null) {
            latest = new BoardSnapshot(
                    version, started, engine, registry, passes, containers.snapshot(), journal.entries());
        }
        return latest;
    }

    /** What followed from a container when it was last looked at; empty for one that is gone. */
    public synchronized Optional<ContainerDerivation> derivation(ContainerId id) {
        return containers.derivation(id);
    }

    /** Returns when there is something newer than this version, or after {@code longest}. */
    public synchronized void awaitNewer(long than, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); version <= than && left > 0; ) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private void changed() {
        version++;
        latest = null;
        notifyAll();
    }

    /** How long after the engine told of it a change was written. */
    public synchronized void lagged(Duration lag) {
        passes = passes.withLag(lag);
        changed();
    }

    @Override
    public synchronized void peerUp(Peer peer, Duration outage) {
        journal.peer(
                peer.word() + " connected",
                outage.isZero() ? "it answers" : "it answers again after " + DisplayText.of(outage));
        change(peer, status -> status.answered(clock.instant()));
    }

    @Override
    public synchronized void peerDown(Peer peer, PeerFault fault) {
        journal.peer(peer.word() + " lost", fault.message());
        change(peer, status -> status.failed(clock.instant(), fault.message()));
    }

    @Override
    public synchronized void peerStillDown(Peer peer, PeerFault fault) {
        journal.peer(peer.word() + " still lost", fault.message());
        change(peer, status -> status.failed(clock.instant(), fault.message()));
    }

    private void change(Peer peer, UnaryOperator<PeerStatus> by) {
        switch (peer) {
            case ENGINE -> engine = by.apply(engine);
            case REGISTRY -> registry = by.apply(registry);
        }
        changed();
    }

    @Override
    public synchronized void registryLostServices(int missing, boolean isEmpty) {
        journal.peer(
                "services lost",
                (isEmpty ? "the registry came back empty" : "the registry has none of our services any more") + "; "
                        + missing + " missing");
        changed();
    }

    @Override
    public synchronized void engineListed(int count) {
        engine = engine.listed(clock.instant());
        changed();
    }

    @Override
    public synchronized void registryListed(ImmutableMap<ServiceId, ObservedService> rows) {
        registry = registry.listed(clock.instant());
        services.listed(rows);
        containers.prune();
        changed();
    }

    @Override
    public synchronized void inspectFailed(ContainerId id, Failure why, int attempt) {
        containers.unreadable(id, why.message());
        if (isTold(attempt)) {
            journal.service(containers.name(id), null, "cannot inspect", why.message(), null, null);
        }
        changed();
    }

    @Override
    public synchronized void looked(ContainerId id) {
        if (containers.readable(id)) {
            changed();
        }
    }

    @Override
    public synchronized void derived(ContainerDerivation derivation) {
        containers.put(derivation);
        changed();
    }

    @Override
    public synchronized void forgotten(ContainerId id) {
        containers.remove(id);
        changed();
    }

    @Override
    public synchronized void hostAddressFound(HostAddress.Known found, HostAddress before) {
        journal.peer("host address", found.text());
        changed();
    }

    @Override
    public synchronized void hostAddressUnknown(HostAddress unknown, int attempt) {
        if (isTold(attempt)) {
            journal.peer("no host address", unknown.text());
            changed();
        }
    }

    @Override
    public synchronized void claimedTwice(IdConflict conflict) {
        containers.claimedTwice(conflict);
        journal.service(null, conflict.id().value(), "claimed twice", conflict.message(), null, null);
        changed();
    }

    @Override
    public synchronized void inSync(ServiceDefinition service) {
        services.has(service);
        ServiceState state = containers.stateInRegistry(service);
        if (services.get(service.id()).filter(known -> known.state() == state).isEmpty()) {
            services.put(service, state, containers.whyInRegistry(service, "in sync"));
            changed();
        }
    }

    @Override
    public synchronized void left(Decision.LeaveAlone decision) {
        switch (decision.why()) {
            case ABSENT, NOT_MINE -> containers.withdrawn(decision.id());
            case KEPT_BY_POLICY ->
                services.observed(decision.id())
                        .ifPresent(kept -> services.putOrphan(kept, ServiceState.KEPT, "kept, as -deregister asks"));
            case AWAITS_HOST_ADDRESS ->
                services.observed(decision.id())
                        .ifPresent(kept ->
                                services.putOrphan(kept, ServiceState.KEPT, "kept until the host's address is known"));
        }
        changed();
    }

    @Override
    public synchronized void applied(Decision.Action action, Duration took) {
        writes.applied(action);
        changed();
    }

    @Override
    public synchronized void writeFailed(Decision.Action action, Failure why, int attempt) {
        writes.failed(action, why, isTold(attempt));
        changed();
    }

    @Override
    public synchronized void heartbeatFailed(ServiceDefinition service, Failure why, int attempt) {
        if (isTold(attempt)) {
            tell(service, "heartbeat failed", why.message());
        }
        services.move(service.id(), ServiceState.FAILING, "its TTL check cannot be refreshed: " + why.message());
        changed();
    }

    @Override
    public synchronized void heartbeatRecovered(ServiceDefinition service) {
        tell(service, "heartbeat recovered", "its TTL check is refreshed again");
        services.move(service.id(), ServiceState.REGISTERED, "in sync");
        changed();
    }

    @Override
    public synchronized void waiting(ServiceDefinition service, String forWhat) {
        services.put(service, ServiceState.WAITING, "for " + forWhat);
        tell(service, "waiting", "for " + forWhat);
        changed();
    }

    @Override
    public synchronized void registeredUnready(ServiceDefinition service, String why) {
        tell(service, "registered unready", why);
        changed();
    }

    @Override
    public synchronized void reaped(ServiceDefinition service) {
        tell(service, "reaped", "the registry removed it for being critical too long");
        changed();
    }

    @Override
    public synchronized void draining(ContainerRef container, Duration grace) {
        leaves(container, "draining", "it was asked to stop and has " + grace.toSeconds() + " s");
    }

    @Override
    public synchronized void killed(ContainerRef container) {
        leaves(container, "killed", "it was sent SIGKILL");
    }

    private void leaves(ContainerRef container, String action, String why) {
        containers.draining(container, why);
        journal.service(container.toString(), null, action, why, null, null);
        changed();
    }

    @Override
    public synchronized void drainedInVain(ContainerRef container) {
        containers.drained(container.id());
        journal.service(
                container.toString(), null, "drained in vain", "it runs on, so its services come back", null, null);
        changed();
    }

    @Override
    public synchronized void conflict(Decision.Conflict conflict) {
        services.put(conflict.definition(), ServiceState.CONFLICT, DisplayText.of(conflict));
        tell(conflict.definition(), "conflict", DisplayText.of(conflict));
        changed();
    }

    @Override
    public synchronized void contested(ServiceId id) {
        journal.service(
                null, id.value(), "rewritten", "by another registrator with our node ID", null, services.before(id));
        changed();
    }

    @Override
    public synchronized void nodeRenamed(String former, int taken, int left) {
        journal.peer("node renamed", "it was " + former + "; " + taken + " services taken over, " + left + " stay");
        changed();
    }

    @Override
    public synchronized void nodeInUse(String node, ServiceId service) {
        journal.service(
                null,
                service.value(),
                "node in use",
                "another registrator with -node-id " + node + " serves this engine; its services are left alone",
                null,
                services.before(service));
        changed();
    }

    @Override
    public synchronized void passStarted() {
        passStarted = nanoTime.getAsLong();
    }

    @Override
    public synchronized void passCompleted(PassSummary summary) {
        long now = nanoTime.getAsLong();
        passes = passes.completed(clock.instant(), now, Duration.ofNanos(now - passStarted), summary);
        changed();
    }

    @Override
    public synchronized void internalError(RuntimeException error) {
        passes = passes.withInternalError();
        journal.peer("internal error", error.toString());
        changed();
    }

    private void tell(ServiceDefinition service, String what, String why) {
        journal.service(service.container().toString(), service.id().value(), what, why, null, null);
    }

    private static boolean isTold(int attempt) {
        return attempt == 1 || attempt % EVERY == 0;
    }
}
