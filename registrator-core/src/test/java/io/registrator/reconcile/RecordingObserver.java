package io.registrator.reconcile;

import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.IdConflict;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.HostAddress;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
class RecordingObserver implements ReconcileObserver {
    final List<String> told = new ArrayList<>();
    final List<PassSummary> passes = new ArrayList<>();

    @Override
    public void peerUp(Peer peer, Duration outage) {
        told.add(peer.word() + " up after " + outage.toMillis());
    }

    @Override
    public void peerDown(Peer peer, PeerFault fault) {
        told.add(peer.word() + " down: " + fault.message());
    }

    @Override
    public void peerStillDown(Peer peer, PeerFault fault) {
        told.add(peer.word() + " still down: " + fault.message());
    }

    @Override
    public void inspectFailed(ContainerId id, Failure why, int attempt) {
        told.add("inspect failed " + id + " " + attempt);
    }

    @Override
    public void derived(ContainerDerivation derivation) {
        told.add("derived " + derivation.container().name());
    }

    @Override
    public void hostAddressFound(HostAddress.Known found, HostAddress before) {
        told.add("host address " + found.address());
    }

    @Override
    public void hostAddressUnknown(HostAddress why, int attempt) {
        told.add("no host address " + attempt);
    }

    @Override
    public void forgotten(ContainerId id) {
        told.add("forgotten " + id);
    }

    @Override
    public void claimedTwice(IdConflict conflict) {
        told.add("claimed twice " + conflict.id());
    }

    @Override
    public void applied(Decision.Action action, Duration took) {
        told.add("applied " + action.id());
    }

    @Override
    public void writeFailed(Decision.Action action, Failure why, int attempt) {
        told.add("write failed " + action.id() + " " + attempt);
    }

    @Override
    public void heartbeatFailed(ServiceDefinition service, Failure why, int attempt) {
        told.add("heartbeat failed " + service.id() + " " + attempt);
    }

    @Override
    public void heartbeatRecovered(ServiceDefinition service) {
        told.add("heartbeat recovered " + service.id());
    }

    @Override
    public void waiting(ServiceDefinition service, String forWhat) {
        told.add("waiting " + service.id() + " for " + forWhat);
    }

    @Override
    public void registeredUnready(ServiceDefinition service, String why) {
        told.add("unready " + service.id() + ": " + why);
    }

    @Override
    public void reaped(ServiceDefinition service) {
        told.add("reaped " + service.id());
    }

    @Override
    public void draining(ContainerRef container, Duration grace) {
        told.add("draining " + container.name() + " " + grace.toSeconds());
    }

    @Override
    public void killed(ContainerRef container) {
        told.add("killed " + container.name());
    }

    @Override
    public void drainedInVain(ContainerRef container) {
        told.add("drained in vain " + container.name());
    }

    @Override
    public void conflict(Decision.Conflict conflict) {
        told.add("conflict " + conflict.id());
    }

    @Override
    public void contested(ServiceId id) {
        told.add("contested " + id);
    }

    @Override
    public void registryLostServices(int missing, boolean isEmpty) {
        told.add("registry lost " + missing + (isEmpty ? ", is empty" : ""));
    }

    @Override
    public void nodeRenamed(String former, int taken, int left) {
        told.add("was " + former + ", " + taken + " taken over, " + left + " stay");
    }

    @Override
    public void nodeInUse(String node, ServiceId service) {
        told.add("in use " + node);
    }

    @Override
    public void leftRegistered(int services) {
        told.add("left registered " + services);
    }

    @Override
    public void passCompleted(PassSummary summary) {
        passes.add(summary);
    }

    @Override
    public void internalError(RuntimeException error) {
        throw new AssertionError("the loop met an error of its own", error);
    }
}
