package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.reconcile.EngineEvent.Died;
import io.registrator.reconcile.EngineEvent.Signalled;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one container. The entry says how things are; {@link EngineCache}, {@link Gate} and
 * {@link Derivations} change it, on the loop's thread.
 *
 * <pre>
 *   looked at:
 *            event, or a row that differs              its turn
 *     clean ─────────────────────────────▶ dirty ─────────────────▶ inspecting
 *       ▲                                   ▲ ▲                       │ │ │
 *       │                                   │ └── event meanwhile ────┘ │ │
 *       │                                   └──── no answer: retry ─────┘ │
 *       └──────── snapshot; or the engine has none, and the entry goes ───┘
 *
 *   its run:
 *     running ── Died ──▶ reported to have ended ── an inspect that began later ──▶ as shown
 *
 *     running ── Signalled, which ends it ──▶ draining ── its time is up ──▶ outlived ── a later signal ──▶ draining
 *                                                └────────── end of the run ───────┴──▶ forgotten
 * </pre>
 */
final class ContainerEntry {
    private final ContainerId id;

    /** How often inspects failed in a row, and when the next one is. */
    final Retry retry = new Retry();

    boolean dirty;
    boolean inspecting;

    /** What the last listing showed; null when an inspect has shown something new since. */
    @Nullable
    String fingerprint;

    /** An inspect has shown something new since the last listing was asked for. */
    boolean newerThanListing;

    /** Of its services, and what it was derived from; null before the first inspect. */
    @Nullable
    ContainerDerivation derivation;

    @Nullable
    ContainerSnapshot derivedFrom;

    @Nullable
    Draining draining;

    private @Nullable ContainerSnapshot snapshot;
    private @Nullable Died reportedEnd;

    /** The last signal of each number of which it is not known whether it ends the container; null for none. */
    private @Nullable Map<Integer, Signalled> undecided;

    ContainerEntry(ContainerId id) {
        this.id = id;
    }

    ContainerId id() {
        return id;
    }

    /** As shown by the last inspect, and ended where that was told since; null: the engine has none. */
    @Nullable
    ContainerSnapshot snapshot() {
        return snapshot;
    }

    boolean isRunning() {
        return snapshot != null && snapshot.state().isRunning();
    }

    boolean isPaused() {
        return snapshot != null && snapshot.state() == ContainerState.PAUSED;
    }

    boolean isDraining() {
        return draining != null && !draining.over();
    }

    /** The engine told of an end which no inspect that began later has shown. */
    boolean hasReportedEnd() {
        return reportedEnd != null;
    }

    /** Whether what is known is what the engine knows, or has told. */
    boolean isResolved() {
        boolean ended = reportedEnd != null && snapshot != null;
        return ended || !dirty && !inspecting;
    }

    /** All services that it gives, whether discovery may have them or not. */
    ImmutableList<DerivedService> services() {
        return derivation == null ? ImmutableList.of() : derivation.services();
    }

    /** Whether nothing is left to be remembered. */
    boolean isEmpty() {
        return snapshot == null
                && !dirty
                && !inspecting
                && derivation == null
                && draining == null
                && undecided == null
                && !retry.hasFailed();
    }

    /** Believes that a run has ended; returns whether that is news of the run that is known. */
    boolean died(Died died) {
        reportedEnd = died;
        if (snapshot == null || !died.ends(snapshot)) {
            return false;
        }
        show(snapshot);
        return true;
    }

    /**
     * Takes in what an inspect has shown, in the light of what was told since it began.
     *
     * <p>What the last listing said is no measure any more: the container may become again what it was then, and if the event of
     * that is lost, the next listing would show nothing new.
     */
    void show(ContainerSnapshot found) {
        ContainerSnapshot before = snapshot;
        snapshot = reportedEnd != null && reportedEnd.ends(found) ? found.ended(reportedEnd.exitCode()) : found;
        if (before != null && differs(before, snapshot)) {
            fingerprint = null;
            newerThanListing = true;
        }
    }

    /** An inspect that began after the report has shown how things are. */
    void endShown() {
        reportedEnd = null;
    }

    /** The engine has no such container. */
    void gone() {
        snapshot = null;
        fingerprint = null;
        newerThanListing = false;
        reportedEnd = null;
    }

    /** Not what changes without an event, and without a trace in a listing: a HEALTHCHECK's last words, and its log. */
    static boolean differs(ContainerSnapshot before, ContainerSnapshot now) {
        return !before.asListed().equals(now.asListed());
    }

    /** Keeps a signal until it is known what it means. */
    void keep(Signalled signal) {
        if (undecided == null) {
            undecided = new TreeMap<>();
        }
        undecided.put(signal.number(), signal);
    }

    /** Takes out the signals that were kept, in their order. */
    ImmutableList<Signalled> takeSignals() {
        Map<Integer, Signalled> taken = Optional.ofNullable(undecided).orElse(Map.of());
        undecided = null;
        return ImmutableList.sortedCopyOf(Comparator.comparing(Signalled::at), taken.values());
    }
}
