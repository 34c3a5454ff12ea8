package io.registrator.ops.observe;

import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.derive.IdConflict;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.HostAddress;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import io.registrator.reconcile.ReconcileObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line an occurrence, always with the container's name and the service's ID where there is one. A failure that
 * repeats is written the first time and every tenth time after that, and its end once.
 */
public final class LoggingObserver implements ReconcileObserver {
    private static final Logger LOG = LoggerFactory.getLogger("io.registrator");
    private static final int EVERY = 10;

    private final Map<ContainerId, String> names = new HashMap<>();
    /** The services that could not be written, with the containers that they are for. */
    private final Map<ServiceId, Optional<ContainerId>> failing = new HashMap<>();

    private final Set<ContainerId> unreadable = new HashSet<>();
    private @Nullable PassSummary lastPass;

    @Override
    public void peerUp(Peer peer, Duration outage) {
        if (outage.isZero()) {
            LOG.info(peer == Peer.ENGINE ? "listening to the engine's events" : "listed the registry's services");
        } else {
            LOG.info("{} answers again after {}", peer.word(), DisplayText.of(outage));
        }
    }

    @Override
    public void peerDown(Peer peer, PeerFault fault) {
        switch (fault) {
            case PeerFault.NoAnswer none ->
                LOG.warn("{} does not answer; {}: {}", peer.word(), meanwhile(peer), none.message());
            case PeerFault.StreamEnded ended ->
                LOG.warn("{} ended its event stream; listening anew: {}", peer.word(), ended.message());
            case PeerFault.StreamSilent silent ->
                LOG.warn("{} told nothing of containers that have changed; listening anew", peer.word());
        }
    }

    @Override
    public void peerStillDown(Peer peer, PeerFault fault) {
        peerDown(peer, fault);
    }

    private static String meanwhile(Peer peer) {
        return switch (peer) {
            case ENGINE -> "services stay as they are until it does";
            case REGISTRY -> "changes wait until it does";
        };
    }

    @Override
    public void registryLostServices(int missing, boolean isEmpty) {
        LOG.warn(
                "{}; {} services missing, registering them again",
                isEmpty ? "registry came back empty" : "registry has none of our services any more",
                missing);
    }

    @Override
    public void inspectFailed(ContainerId id, Failure why, int attempt) {
        unreadable.add(id);
        if (isTold(attempt)) {
            LOG.warn(
                    "cannot inspect {}; its services stay as they are, attempt {}: {}",
                    name(id),
                    attempt,
                    why.message());
        }
    }

    @Override
    public void derived(ContainerDerivation derivation) {
        ContainerRef container = derivation.container();
        names.put(container.id(), container.toString());
        if (unreadable.remove(container.id())) {
            LOG.info("can inspect {} again", container);
        }
        derivation.problems().forEach(LoggingObserver::log);
        derivation.leftOut().forEach(leftOut -> log(container, leftOut));
        derivation.services().forEach(service -> log(container, service));
    }

    private static void log(Problem problem) {
        String port = problem.port() == null ? "" : " port " + problem.port();
        if (problem.isError()) {
            LOG.error("{}{}: {}: {}", problem.container(), port, problem.key(), problem.message());
        } else {
            LOG.warn("{}{}: {}: {}", problem.container(), port, problem.key(), problem.message());
        }
    }

    private static void log(ContainerRef container, LeftOut leftOut) {
        String port = leftOut.port() == null ? "" : " port " + leftOut.port();
        // All other reasons are as somebody wanted it, or said with the problem.
        Level level = leftOut.reason() == LeftOut.Reason.NO_ADDRESS ? Level.INFO : Level.DEBUG;
        LOG.atLevel(level).log("{}{} is not registered: {}", container, port, leftOut.text());
    }

    private static void log(ContainerRef container, DerivedService service) {
        LOG.debug("{} gives {}: {}", container, service.definition().id(), service.because());
    }

    @Override
    public void forgotten(ContainerId id) {
        names.remove(id);
        unreadable.remove(id);
        failing.values().removeIf(Optional.of(id)::equals);
    }

    @Override
    public void hostAddressFound(HostAddress.Known found, HostAddress before) {
        if (before instanceof HostAddress.Known) {
            LOG.info("the host's address is now {}; it was {}; services follow", found.text(), before.text());
        } else {
            LOG.info("the host's address is {}", found.text());
        }
    }

    @Override
    public void hostAddressUnknown(HostAddress unknown, int attempt) {
        if (isTold(attempt)) {
            LOG.warn(
                    "services wait for the host's address, attempt {}: {}; -ip says which it is",
                    attempt,
                    unknown.text());
        }
    }

    @Override
    public void claimedTwice(IdConflict conflict) {
        LOG.error("{}", conflict.message());
    }

    @Override
    public void applied(Decision.Action action, Duration took) {
        String again = failing.remove(action.id()) == null ? "" : ", after failures";
        switch (action) {
            case Decision.Register register ->
                LOG.info(
                        "registered   {} {}, {}{}, {} ms",
                        action.id(),
                        text(register.definition()),
                        word(register.why()),
                        again,
                        took.toMillis());
            case Decision.Maintain maintain ->
                LOG.info(
                        "{} {} {} for {}, {}{}, {} ms",
                        maintain.reason() == null ? "in service  " : "maintenance ",
                        maintain.id(),
                        maintain.definition().name(),
                        maintain.definition().container(),
                        maintain.reason() == null ? "maintenance over" : maintain.reason(),
                        again,
                        took.toMillis());
            case Decision.Deregister deregister ->
                LOG.info(
                        "deregistered {} {}, {}{}, {} ms",
                        action.id(),
                        text(deregister.observed()) + container(deregister.observed()),
                        word(deregister.why()),
                        again,
                        took.toMillis());
        }
    }

    @Override
    public void writeFailed(Decision.Action action, Failure why, int attempt) {
        failing.put(action.id(), containerOf(action));
        if (!isTold(attempt)) {
            return;
        }
        String what = switch (action) {
            case Decision.Register register ->
                "register " + action.id() + " for " + register.definition().container();
            case Decision.Maintain maintain ->
                "change maintenance of " + maintain.id() + " for "
                        + maintain.definition().container();
            case Decision.Deregister deregister -> "deregister " + action.id() + container(deregister.observed());
        };
        switch (why) {
            case Failure.Transient lost ->
                LOG.warn("cannot {}, attempt {}, will retry: {}", what, attempt, lost.message());
            case Failure.Rejected no ->
                LOG.error(
                        "cannot {}, attempt {}: the registry refuses it ({}): {}",
                        what,
                        attempt,
                        no.status(),
                        no.message());
        }
    }

    @Override
    public void heartbeatFailed(ServiceDefinition service, Failure why, int attempt) {
        if (isTold(attempt)) {
            LOG.warn(
                    "cannot say that {} of {} is well, attempt {}; its TTL check turns critical unless that ends: {}",
                    service.id(),
                    service.container(),
                    attempt,
                    why.message());
        }
    }

    @Override
    public void heartbeatRecovered(ServiceDefinition service) {
        LOG.info("can say again that {} of {} is well", service.id(), service.container());
    }

    @Override
    public void waiting(ServiceDefinition service, String forWhat) {
        LOG.info("waiting      {} {}: for {}", service.id(), text(service), forWhat);
    }

    @Override
    public void registeredUnready(ServiceDefinition service, String why) {
        LOG.warn("{} of {} is registered although it may not serve: {}", service.id(), service.container(), why);
    }

    @Override
    public void reaped(ServiceDefinition service) {
        LOG.warn(
                "{} of {} was removed by the registry for being critical too long (SERVICE_CHECK_DEREGISTER_AFTER); it is"
                        + " registered again when it accepts connections",
                service.id(),
                service.container());
    }

    @Override
    public void draining(ContainerRef container, Duration grace) {
        LOG.info("draining     {}: it was asked to stop and has {} s", container, grace.toSeconds());
    }

    @Override
    public void killed(ContainerRef container) {
        LOG.info("killed       {}", container);
    }

    @Override
    public void drainedInVain(ContainerRef container) {
        LOG.warn(
                "{} was asked to stop and still runs, so its services come back; a longer stop needs -drain-timeout or"
                        + " SERVICE_DRAIN_TIMEOUT",
                container);
    }

    @Override
    public void conflict(Decision.Conflict conflict) {
        LOG.error(
                "{} of {} is not registered: {}",
                conflict.id(),
                conflict.definition().container(),
                DisplayText.of(conflict));
    }

    @Override
    public void contested(ServiceId id) {
        LOG.warn(
                "{} was rewritten by another registrator with our node ID; run one a host, or give each its own -node-id",
                id);
    }

    @Override
    public void nodeRenamed(String former, int taken, int left) {
        LOG.info(
                "node was {} before: {} of its services taken over{}",
                former,
                taken,
                left == 0
                        ? ""
                        : "; " + left
                                + " stay, which are not of containers that run here (registrator purge -node-id "
                                + former + " removes them)");
    }

    @Override
    public void nodeInUse(String node, ServiceId service) {
        LOG.warn(
                "{} came back after it was taken over, so another registrator with -node-id {} serves this engine; its"
                        + " services are left alone from now on",
                service,
                node);
    }

    @Override
    public void leftRegistered(int services) {
        LOG.warn("ended with {} of our services still registered; registrator purge removes them", services);
    }

    @Override
    public void passCompleted(PassSummary summary) {
        if (lastPass == null) {
            LOG.info("ready: {}", text(summary));
        } else if (!summary.equals(lastPass)) {
            LOG.debug("pass done: {}", text(summary));
        }
        lastPass = summary;
        if (summary.unsettled() == 0) {
            failing.clear();
        }
    }

    @Override
    public void internalError(RuntimeException error) {
        LOG.error("internal error; looking at everything again: {}", error.toString(), error);
    }

    private static boolean isTold(int attempt) {
        return attempt == 1 || attempt % EVERY == 0;
    }

    private static Optional<ContainerId> containerOf(Decision.Action action) {
        return switch (action) {
            case Decision.Register register ->
                Optional.of(register.definition().container().id());
            case Decision.Maintain maintain ->
                Optional.of(maintain.definition().container().id());
            case Decision.Deregister deregister ->
                OwnerMark.in(deregister.observed().meta()).map(OwnerMark::container);
        };
    }

    /** How many things it remembers for later lines. */
    int remembered() {
        return names.size() + failing.size() + unreadable.size();
    }

    /** The container that a service of ours was registered for. */
    private String container(ObservedService service) {
        return OwnerMark.in(service.meta())
                .map(mark -> " for " + name(mark.container()))
                .orElse("");
    }

    private String name(ContainerId id) {
        return names.getOrDefault(id, "container " + id.shortId());
    }

    private static String text(ServiceDefinition service) {
        return service.name() + " at " + service.target() + " for " + service.container();
    }

    private static String text(ObservedService service) {
        return service.name() + " at " + service.where();
    }

    private static String text(PassSummary summary) {
        return summary.found() + (summary.unsettled() == 0 ? "" : ", " + summary.unsettled() + " unsettled");
    }

    private static String word(Enum<?> why) {
        return why.name().toLowerCase(Locale.ROOT);
    }
}
