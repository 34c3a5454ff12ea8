package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision.Action;
import io.registrator.plan.Decision.Conflict;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service ID; what is wanted under it, {@link Derivations} knows. The entry says how things are;
 * {@link ServiceTable}, {@link ServiceReconciler}, {@link Gate} and {@link Readiness} change it, on the loop's thread.
 *
 * <pre>
 *   written:
 *             a decision to write               done
 *     as is ──────────────────────▶ writing ───────────▶ observed as written
 *       ▲                              │
 *       │                              ├── somebody else has changed it ──▶ mistaken ── a later listing ──▶ as is
 *       │                              ├── no answer, or no right yet ────▶ waits to be retried ──────────▶ as is
 *       │                              └── refused ───────────────────────▶ refused: the same is not tried again
 *       └────────────── the next full pass, or the registry is back ────────────┘
 *
 *   offered:
 *     not registered ── asked ──▶ waits ── its port answers, or it has waited long enough ──▶ registered for its container
 *           ▲                                                                                       │
 *           └──────────────────── nobody wants it, or somebody else has its ID ─────────────────────┘
 * </pre>
 */
final class ServiceEntry {
    private final ServiceId id;

    /** How often writes failed in a row, and when the next one is. */
    final Retry retry = new Retry();

    /** The last listing, with what we have written since on top; null: the registry has none. */
    @Nullable
    ObservedService observed;

    /** The write under way. */
    @Nullable
    Action writing;

    /** What the registry refused, and would refuse again. */
    @Nullable
    Action refused;

    /** Written since the last listing was asked for, so that this shows it as it was before. */
    boolean writtenSinceListing;

    /** Nobody knows whether the last write arrived. */
    boolean unanswered;

    /** Other than we thought: nothing is written before a listing that begins later shows how it is. */
    boolean mistaken;

    /** The listing under way shows how a mistaken one is. */
    boolean lookedAt;

    /** The conflict that was told; null for none. */
    @Nullable
    Conflict conflict;

    /** The container that it was registered for when we last saw it registered as we want it. */
    @Nullable
    ContainerId registeredFor;

    /** Vanished with all others, and not registered again yet. */
    boolean lostWithOthers;

    /** Since when it waits until it can serve, and for what; null where it does not. */
    Readiness.@Nullable Wait wait;

    /** Removals that wait until this has been written, since it takes their place. */
    private @Nullable Set<ServiceId> successorOf;

    ServiceEntry(ServiceId id) {
        this.id = id;
    }

    ServiceId id() {
        return id;
    }

    /** Whether this very action was refused in this pass, or is waiting for a listing or to be tried again. */
    boolean isHeld(Action action) {
        return mistaken || action.equals(refused) || retry.isWaiting();
    }

    /** Whether nothing is left to be remembered. */
    boolean isEmpty() {
        return observed == null
                && writing == null
                && refused == null
                && !writtenSinceListing
                && !unanswered
                && !mistaken
                && conflict == null
                && registeredFor == null
                && wait == null
                && successorOf == null
                && !retry.hasFailed();
    }

    /** Lets a removal wait until this has been written. */
    void succeed(ServiceId removed) {
        if (successorOf == null) {
            successorOf = new LinkedHashSet<>();
        }
        successorOf.add(removed);
    }

    /** Takes out the removals that have waited for this. */
    Set<ServiceId> takeReplaced() {
        Set<ServiceId> taken = successorOf == null ? Set.of() : successorOf;
        successorOf = null;
        return taken;
    }
}
