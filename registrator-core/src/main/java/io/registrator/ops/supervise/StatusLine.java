package io.registrator.ops.supervise;

import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import io.registrator.reconcile.ReconcileObserver;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Puts what the loop does into a few words: what is out of reach, or else what the last full pass found. */
public final class StatusLine implements ReconcileObserver {
    private final Supervision supervision;
    private final Map<Peer, String> lost = new EnumMap<>(Peer.class);
    private String found = "the first full pass is under way";

    public StatusLine(Supervision supervision) {
        this.supervision = supervision;
        say();
    }

    @Override
    public void peerUp(Peer peer, Duration outage) {
        lost.remove(peer);
        say();
    }

    @Override
    public void peerDown(Peer peer, PeerFault fault) {
        lost.put(peer, "the " + peer.word() + " does not answer: " + fault.message() + "; ");
        say();
        supervision.started();
    }

    @Override
    public void peerStillDown(Peer peer, PeerFault fault) {
        peerDown(peer, fault);
    }

    @Override
    public void passCompleted(PassSummary summary) {
        found = summary.found() + (summary.unsettled() == 0 ? "" : ", " + summary.unsettled() + " with trouble");
        say();
        supervision.started();
    }

    private void say() {
        supervision.status(String.join("", lost.values()) + found);
    }
}
