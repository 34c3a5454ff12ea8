package io.registrator.reconcile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
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
import java.time.Duration;

/**
 * Is told what the loop does and meets; always on the loop's thread, so it must not block. Does nothing about what it does
 * not override.
 */
public interface ReconcileObserver {

    /**
     * A peer answers: for the first time, or again.
     *
     * @param outage how long it did not; zero for the first time
     */
    default void peerUp(Peer peer, Duration outage) {}

    /**
     * An outage of a peer begins, which ends with {@link #peerUp}. While the engine's lasts, services stay as they are; while the
     * registry's lasts, nothing is written.
     */
    default void peerDown(Peer peer, PeerFault fault) {}

    /** The outage goes on for another reason. */
    default void peerStillDown(Peer peer, PeerFault fault) {}

    /** The engine has answered a listing. */
    default void engineListed(int containers) {}

    /**
     * The registry has none of the services any more that we know to have registered.
     *
     * @param missing how many those are
     * @param isEmpty whether it has nobody else's either
     */
    default void registryLostServices(int missing, boolean isEmpty) {}

    /** The registry has answered a listing: all its services, whoever registered them. */
    default void registryListed(ImmutableMap<ServiceId, ObservedService> services) {}

    /** An event or a listing says that these containers have to be looked at. */
    default void marked(ImmutableSet<ContainerId> containers) {}

    /** What the engine has to say of a container is known, until it is marked again. */
    default void looked(ContainerId container) {}

    /** A container could not be inspected; its services stay as they are. */
    default void inspectFailed(ContainerId id, Failure why, int attempt) {}

    /** A container was looked at, and what follows from it is new. */
    default void derived(ContainerDerivation derivation) {}

    /** A container is gone; may be one that was never derived, and be told again. */
    default void forgotten(ContainerId id) {}

    /**
     * The host's address, that services need, is known.
     *
     * @param before what was known of it before; another address that it takes the place of, or none
     */
    default void hostAddressFound(HostAddress.Known found, HostAddress before) {}

    /**
     * The host's address is not known, and services wait for it.
     *
     * @param attempt counts from 1 until {@link #hostAddressFound}
     */
    default void hostAddressUnknown(HostAddress why, int attempt) {}

    /** Two ports claim one service ID; the loser is not registered. */
    default void claimedTwice(IdConflict conflict) {}

    /** A service was written. */
    default void applied(Decision.Action action, Duration took) {}

    /** A service could not be written; it is tried again after a while, a rejected one with the next full pass. */
    default void writeFailed(Decision.Action action, Failure why, int attempt) {}

    /**
     * The registry could not be told that a service is well, so that its check will turn critical.
     *
     * @param attempt counts from 1 until {@link #heartbeatRecovered}
     */
    default void heartbeatFailed(ServiceDefinition service, Failure why, int attempt) {}

    /** The registry can be told again that a service is well. */
    default void heartbeatRecovered(ServiceDefinition service) {}

    /** The registry has a service as we want it. Told each time it is looked at. */
    default void inSync(ServiceDefinition service) {}

    /** A service is not wanted, and what the registry has of it, if anything, is not to be touched. */
    default void left(Decision.LeaveAlone decision) {}

    /** A service is not registered yet, because it cannot serve. Told once for each time that it has to wait. */
    default void waiting(ServiceDefinition service, String forWhat) {}

    /** A service is registered, or will be, although we have not seen it answer. */
    default void registeredUnready(ServiceDefinition service, String why) {}

    /** The registry removed a service for being critical too long; it is registered again when it accepts connections. */
    default void reaped(ServiceDefinition service) {}

    /**
     * A container has been asked to stop: its services leave discovery.
     *
     * @param grace how long it has for that
     */
    default void draining(ContainerRef container, Duration grace) {}

    /** A container was sent SIGKILL: its services leave discovery. Not told of one that is draining. */
    default void killed(ContainerRef container) {}

    /** A container that was asked to stop, or killed, runs on: its services come back. */
    default void drainedInVain(ContainerRef container) {}

    /** The ID of a service of ours is taken by somebody else's, which stays. Told once until it changes. */
    default void conflict(Decision.Conflict conflict) {}

    /** Somebody with our node ID rewrote what we had written: most likely a second daemon. */
    default void contested(ServiceId id) {}

    /**
     * This host had another node ID before: its services of containers that run here are ours now.
     *
     * @param left how many services of that node stay, whose containers are not here, or give no services of ours
     */
    default void nodeRenamed(String former, int taken, int left) {}

    /** A service that we took over came back: another instance with that node ID serves this engine. Told once a node. */
    default void nodeInUse(String node, ServiceId service) {}

    /** The end has come before all services of ours could be deregistered. */
    default void leftRegistered(int services) {}

    /** A full pass begins: both sides are listed and compared. */
    default void passStarted() {}

    /** All that a full pass found has been dealt with. The first one means that the daemon is ready. */
    default void passCompleted(PassSummary summary) {}

    /** The loop met an error of its own and carries on. */
    default void internalError(RuntimeException error) {}
}
