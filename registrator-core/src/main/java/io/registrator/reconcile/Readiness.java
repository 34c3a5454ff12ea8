package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import io.registrator.derive.DerivedService;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Outcome;
import io.registrator.model.RegisterOn;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.Prober.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Holds services back that cannot serve yet: asks their ports, again and again, or goes by the engine's HEALTHCHECK. Only
 * services that are about to be registered for their container are asked about.
 */
final class Readiness {
    private static final int PROBES_AT_ONCE = 32;
    private static final int SILENT_ROUNDS = 3;
    private static final Duration LEAST_PAUSE = Duration.ofMillis(20);
    private static final Duration MOST_PAUSE = Duration.ofMillis(250);
    /** A service that takes long to listen may be noticed a little later. */
    private static final int SHARE_OF_THE_WAIT = 20;

    private final Prober prober;
    private final LoopContext context;
    private final Consumer<ServiceId> replan;
    private final NavigableSet<Wait> due = new TreeSet<>(Comparator.comparing((Wait wait) -> wait.due)
            .thenComparing(wait -> wait.service.definition().id()));
    private int probing;

    /**
     * Asks for nothing yet.
     *
     * @param replan runs on the loop's thread for each service about which there is something new
     */
    Readiness(Prober prober, LoopContext context, Consumer<ServiceId> replan) {
        this.prober = prober;
        this.context = context;
        this.replan = replan;
    }

    /** Whether a service that the registry removes when it is critical for too long has vanished from there. */
    enum Vanished {
        NOT,
        ALONE,
        WITH_ALL_OTHERS
    }

    /** Whether a service may be registered now. */
    enum Verdict {
        /** It is being asked for the first time. */
        ASKING,
        NOT_YET,
        /** Its port accepts connections. */
        ANSWERS,
        /** As far as we know it cannot serve, but it is not to wait for that any longer. */
        UNPROVEN
    }

    /**
     * Whether the service may be registered; when it may not, {@code replan} is told as soon as that changes, or the
     * container is looked at again.
     *
     * @param vanished how; what has vanished waits as long as it takes
     */
    Verdict of(ServiceEntry entry, DerivedService service, ContainerSnapshot container, Vanished vanished) {
        if (entry.wait == null || !entry.wait.isFor(service)) {
            forget(entry);
            entry.wait = new Wait(entry, service, vanished, context.now());
        }
        return entry.wait.verdict(container);
    }

    /** It is registered, or not wanted any more. */
    void forget(ServiceEntry entry) {
        if (entry.wait != null) {
            due.remove(entry.wait);
            entry.wait = null;
        }
    }

    void advance(Instant now) {
        while (probing < PROBES_AT_ONCE && !due.isEmpty() && !now.isBefore(due.first().due)) {
            due.removeFirst().probe();
        }
    }

    Optional<Instant> nextDue() {
        return due.isEmpty() || probing >= PROBES_AT_ONCE ? Optional.empty() : Optional.of(due.first().due);
    }

    /** One service that waits. */
    final class Wait {
        private final ServiceEntry entry;
        private final DerivedService service;
        private final Vanished vanished;
        private final Instant since;
        private ImmutableList<HostAndPort> targets;
        private Instant due;
        private Verdict found = Verdict.ASKING;
        private int silentRounds;
        private boolean begun;
        private boolean told;

        private Wait(ServiceEntry entry, DerivedService service, Vanished vanished, Instant now) {
            this.entry = entry;
            this.service = service;
            this.vanished = vanished;
            this.since = now;
            this.due = now;
            this.targets = service.lifecycle().probes();
        }

        /** Whether a connection was accepted while it was waited for. */
        boolean hasAnswered() {
            return found == Verdict.ANSWERS;
        }

        private boolean isFor(DerivedService other) {
            return service.definition()
                            .container()
                            .id()
                            .equals(other.definition().container().id())
                    && service.lifecycle().equals(other.lifecycle());
        }

        private Verdict verdict(ContainerSnapshot container) {
            if (container.state() == ContainerState.PAUSED) {
                return Verdict.UNPROVEN;
            }
            if (service.lifecycle().registerOn() == RegisterOn.HEALTHY) {
                return switch (container.health().health()) {
                    case NONE -> listening();
                    case STARTING -> wait("its HEALTHCHECK");
                    case HEALTHY -> found = Verdict.ANSWERS;
                    case UNHEALTHY -> giveUp("its HEALTHCHECK says unhealthy");
                };
            }
            return listening();
        }

        private Verdict listening() {
            if (targets.isEmpty() || mustNotWait()) {
                return Verdict.UNPROVEN;
            }
            if (!begun) {
                begun = true;
                schedule(context.now());
            }
            return found;
        }

        private boolean hasVanished() {
            return vanished != Vanished.NOT;
        }

        /** It does not listen, so that it was critical. */
        private void tellIfReaped() {
            if (vanished == Vanished.ALONE && !told) {
                told = true;
                context.observer().reaped(service.definition());
            }
        }

        private Verdict wait(String forWhat) {
            if (!told) {
                told = true;
                context.observer().waiting(service.definition(), forWhat);
            }
            found = Verdict.NOT_YET;
            return found;
        }

        private Verdict giveUp(String why) {
            if (found != Verdict.UNPROVEN) {
                found = Verdict.UNPROVEN;
                context.observer().registeredUnready(service.definition(), why);
            }
            return found;
        }

        private void schedule(Instant at) {
            due = at;
            Readiness.this.due.add(this);
        }

        private void probe() {
            probing++;
            HostAndPort target = targets.getFirst();
            context.ask(() -> Outcome.success(prober.probe(target)), outcome -> answered(answer(outcome)));
        }

        /** A prober that throws has a bug; what it was asked about stays open. */
        private static Answer answer(Outcome<Answer> outcome) {
            return outcome instanceof Outcome.Success<Answer>(Answer answer) ? answer : Answer.SILENT;
        }

        private void answered(Answer answer) {
            probing--;
            if (entry.wait != this) {
                return;
            }
            Verdict before = found;
            switch (answer) {
                case ACCEPTS -> found = Verdict.ANSWERS;
                case REFUSES -> refused();
                case SILENT -> silent();
            }
            if (found != before) {
                replan.accept(service.definition().id());
            }
        }

        private void refused() {
            tellIfReaped();
            Instant now = context.now();
            Duration waited = Duration.between(since, now);
            if (!hasVanished() && waited.compareTo(service.lifecycle().listenTimeout()) >= 0) {
                giveUp("nothing listens on " + targets.getFirst() + " after " + waited.toSeconds() + " s");
            } else {
                wait("something to listen on " + targets.getFirst());
                schedule(now.plus(pause(waited)));
            }
        }

        /** From where we are, the container's own address may be out of reach, and its published one not. */
        private void silent() {
            found = Verdict.NOT_YET;
            if (targets.size() > 1) {
                targets = targets.subList(1, targets.size());
                schedule(context.now());
                return;
            }
            tellIfReaped();
            if (++silentRounds >= SILENT_ROUNDS && !hasVanished()) {
                giveUp(targets.getFirst() + " cannot be reached from here");
            } else {
                targets = service.lifecycle().probes();
                schedule(context.now().plus(MOST_PAUSE));
            }
        }

        /** To ask a port costs a round trip, and where nobody answers much more. */
        private boolean mustNotWait() {
            return service.lifecycle().registerOn() == RegisterOn.START && !hasVanished();
        }

        private static Duration pause(Duration waited) {
            Duration share = waited.dividedBy(SHARE_OF_THE_WAIT);
            if (share.compareTo(LEAST_PAUSE) < 0) {
                return LEAST_PAUSE;
            }
            return share.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : share;
        }
    }
}
