package io.registrator.ops.observe;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import io.registrator.reconcile.ReconcileObserver;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts and times what the loop does. What is to be seen at one moment is read from the board: {@link MetricsOfState}. */
public final class Metrics implements ReconcileObserver {
    private static final double NANOS = 1e9;
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

    private final LongSupplier nanoTime;
    private final Histogram passes;
    private final Histogram lags;
    private final Histogram writes;
    private final Counter actions;
    private final Counter retries;
    private final Counter losses;
    private final Counter reconnects;
    private final Counter registryLosses;
    private final Counter contested;
    private final Counter internalErrors;

    private long passStarted;

    /** Registers its metrics; a registry can hold one such set. */
    public Metrics(PrometheusRegistry registry, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        passStarted = nanoTime.getAsLong();
        passes = seconds("registrator_pass_duration", "Time that a full pass took.")
                .register(registry);
        lags = seconds(
                        "registrator_event_to_applied",
                        "Time from the moment when the engine tells of a change until the service is written.")
                .register(registry);
        writes = seconds("registrator_write_duration", "Time that the registry took for one write.")
                .labelNames("action")
                .register(registry);
        actions = counter("registrator_actions", "Writes, by what they were to do and what came of it.")
                .labelNames("action", "result")
                .register(registry);
        retries = counter("registrator_retries", "Failures after which the same is tried again.")
                .labelNames("what")
                .register(registry);
        losses = counter("registrator_connection_losses", "How often a peer stopped answering.")
                .labelNames("peer")
                .register(registry);
        reconnects = counter("registrator_reconnects", "How often a peer that had stopped answering was there again.")
                .labelNames("peer")
                .register(registry);
        registryLosses = counter(
                        "registrator_registry_data_losses", "How often the registry had lost all services of ours.")
                .register(registry);
        contested = counter(
                        "registrator_contested",
                        "Services found rewritten by another registrator with the same node ID.")
                .register(registry);
        internalErrors = counter("registrator_internal_errors", "Errors of the daemon's own; each is a bug.")
                .register(registry);
        showZeros();
    }

    private static Histogram.Builder seconds(String name, String help) {
        return Histogram.builder()
                .name(name)
                .unit(Unit.SECONDS)
                .help(help)
                .classicOnly()
                .classicUpperBounds(SECONDS);
    }

    private static Counter.Builder counter(String name, String help) {
        return Counter.builder().name(name).help(help);
    }

    /** A series that appears only with its first failure cannot be alerted on. */
    private void showZeros() {
        for (String action : new String[] {"register", "maintain", "deregister"}) {
            writes.initLabelValues(action);
            for (String result : new String[] {"ok", "transient", "rejected"}) {
                actions.initLabelValues(action, result);
            }
        }
        for (String what : new String[] {"inspect", "write", "heartbeat"}) {
            retries.initLabelValues(what);
        }
        for (Peer peer : Peer.values()) {
            losses.initLabelValues(peer.word());
            reconnects.initLabelValues(peer.word());
        }
    }

    /** How long after the engine told of it a change was written. */
    public void lagged(Duration lag) {
        lags.observe(lag.toNanos() / NANOS);
    }

    @Override
    public void peerUp(Peer peer, Duration outage) {
        if (!outage.isZero()) {
            reconnects.labelValues(peer.word()).inc();
        }
    }

    @Override
    public void peerDown(Peer peer, PeerFault fault) {
        losses.labelValues(peer.word()).inc();
    }

    @Override
    public void registryLostServices(int missing, boolean isEmpty) {
        registryLosses.inc();
    }

    @Override
    public void inspectFailed(ContainerId id, Failure why, int attempt) {
        retries.labelValues("inspect").inc();
    }

    @Override
    public void applied(Decision.Action action, Duration took) {
        actions.labelValues(DisplayText.verb(action), "ok").inc();
        writes.labelValues(DisplayText.verb(action)).observe(took.toNanos() / NANOS);
    }

    @Override
    public void writeFailed(Decision.Action action, Failure why, int attempt) {
        String result = why instanceof Failure.Rejected ? "rejected" : "transient";
        actions.labelValues(DisplayText.verb(action), result).inc();
        retries.labelValues("write").inc();
    }

    @Override
    public void heartbeatFailed(ServiceDefinition service, Failure why, int attempt) {
        retries.labelValues("heartbeat").inc();
    }

    @Override
    public void contested(ServiceId id) {
        contested.inc();
    }

    @Override
    public void passStarted() {
        passStarted = nanoTime.getAsLong();
    }

    @Override
    public void passCompleted(PassSummary summary) {
        passes.observe((nanoTime.getAsLong() - passStarted) / NANOS);
    }

    @Override
    public void internalError(RuntimeException error) {
        internalErrors.inc();
    }
}
