package io.registrator.reconcile;

import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.IdConflict;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import java.time.Duration;

/** Is told what the loop does and meets; always on the loop's thread, so it must not block. */
public interface ReconcileObserver {

    /** The event stream is open. */
    void engineConnected();

    /**
     * The event stream could not be opened or has ended, or the engine did not answer the listing.
     *
     * @param attempt counts from 1 until {@link #engineConnected}
     */
    void engineUnreachable(Failure why, int attempt);

    /** The registry has answered, for the first time or again. */
    void registryConnected();

    /**
     * The registry did not answer the listing; nothing is written until it does.
     *
     * @param attempt counts from 1 until {@link #registryConnected}
     */
    void registryUnreachable(Failure why, int attempt);

    /** A container could not be inspected; its services stay as they are. */
    void inspectFailed(ContainerId id, Failure why, int attempt);

    /** A container was looked at, and what follows from it is new. */
    void derived(ContainerDerivation derivation);

    /** A container is gone. */
    void forgotten(ContainerId id);

    /** Two ports claim one service ID; the loser is not registered. */
    void claimedTwice(IdConflict conflict);

    /** A service was written. */
    void applied(Decision.Action action, Duration took);

    /** A service could not be written; it is tried again after a while, a rejected one with the next full pass. */
    void writeFailed(Decision.Action action, Failure why, int attempt);

    /**
     * The registry could not be told that a service is well, so that its check will turn critical.
     *
     * @param attempt counts from 1 until {@link #heartbeatRecovered}
     */
    void heartbeatFailed(ServiceDefinition service, Failure why, int attempt);

    /** The registry can be told again that a service is well. */
    void heartbeatRecovered(ServiceDefinition service);

    /** A service is not registered yet, because it cannot serve. Told once for each time that it has to wait. */
    void waiting(ServiceDefinition service, String forWhat);

    /** A service is registered, or will be, although we have not seen it answer. */
    void registeredUnready(ServiceDefinition service, String why);

    /** The registry removed a service for being critical too long; it is registered again when it accepts connections. */
    void reaped(ServiceDefinition service);

    /**
     * A container has been asked to stop: its services leave discovery.
     *
     * @param grace how long it has for that
     */
    void draining(ContainerRef container, Duration grace);

    /** A container that was asked to stop runs on: its services come back. */
    void drainedInVain(ContainerRef container);

    /** The ID of a service of ours is taken by somebody else's, which stays. Told once until it changes. */
    void conflict(Decision.Conflict conflict);

    /** Somebody with our node ID rewrote what we had written: most likely a second daemon. */
    void contested(ServiceId id);

    /** All that a full pass found has been dealt with. The first one means that the daemon is ready. */
    void passCompleted(PassSummary summary);

    /** The loop met an error of its own and carries on. */
    void internalError(RuntimeException error);
}
