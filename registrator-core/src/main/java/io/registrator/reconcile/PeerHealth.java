package io.registrator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer answers. Everything that is asked of it reports here how it went, and from here alone observers hear of it:
 * each outage has one beginning and one end, whichever question noticed it and whichever ended it.
 *
 * <pre>
 *     unknown ── an answer ──▶ up ── a fault ──▶ down ── the last question that failed is answered ──▶ up
 *        └──────────────── a fault ───────────────▲ └─ another fault: said, unless it was before, or there were several ─┐
 *                                                 └──────────────────────────────────────────────────────────────────┘
 * </pre>
 */
final class PeerHealth {
    /** Of one outage; causes that come in turn, or with a number in their text, would be said for ever. */
    private static final int CAUSES_SAID = 3;

    private final Peer peer;
    private final LoopContext context;
    private final Runnable recovered;
    private final Set<Question> failing = EnumSet.noneOf(Question.class);
    private final Set<String> said = new HashSet<>();
    private @Nullable Instant downSince;
    private boolean up;

    /** What a peer is asked, each again and again until it is answered. */
    enum Question {
        /** To tell of events: answered while the stream is open. */
        EVENTS,
        LISTING,
        PING
    }

    /** @param recovered runs on the loop's thread at the end of each outage, and with the first answer */
    PeerHealth(Peer peer, LoopContext context, Runnable recovered) {
        this.peer = peer;
        this.context = context;
        this.recovered = recovered;
    }

    /** Whether it has answered, and no question waits for its answer since one failed. */
    boolean isUp() {
        return up;
    }

    /** Whether an outage goes on. */
    boolean isDown() {
        return downSince != null;
    }

    /** @param since the last moment at which it may have been well: when the question was asked */
    void failed(Question question, PeerFault fault, Instant since) {
        failing.add(question);
        up = false;
        boolean isNew = said.size() < CAUSES_SAID && said.add(fault.message());
        if (downSince == null) {
            downSince = since;
            context.observer().peerDown(peer, fault);
        } else if (isNew) {
            context.observer().peerStillDown(peer, fault);
        }
    }

    void answered(Question question) {
        failing.remove(question);
        if (up || !failing.isEmpty()) {
            return;
        }
        Duration outage = downSince == null ? Duration.ZERO : Duration.between(downSince, context.now());
        up = true;
        downSince = null;
        said.clear();
        context.observer().peerUp(peer, outage);
        recovered.run();
    }
}
