package io.registrator.ops.observe;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Metrics that say how things stand at the moment when they are asked for. */
public final class MetricsOfState {
    private static final double MILLIS = 1e3;

    private final PrometheusRegistry registry;
    private final Supplier<BoardSnapshot> board;

    private MetricsOfState(PrometheusRegistry registry, Supplier<BoardSnapshot> board) {
        this.registry = registry;
        this.board = board;
    }

    /**
     * Registers them.
     *
     * @param dirty how many containers have to be looked at
     * @param version of the daemon
     */
    public static void register(
            PrometheusRegistry registry, StatusBoard board, Readiness readiness, IntSupplier dirty, String version) {
        MetricsOfState metrics = new MetricsOfState(registry, board::snapshot);
        metrics.state(dirty);
        metrics.peers();
        metrics.lastSuccesses();
        metrics.gauge(
                "registrator_ready",
                "Whether /health/ready says 200.",
                show -> show.call(readiness.missing(board.snapshot()).isEmpty() ? 1 : 0));
        Info.builder()
                .name("registrator_build")
                .help("What runs here; always 1.")
                .labelNames("version", "java")
                .register(registry)
                .setLabelValues(version, Runtime.version().toString());
        metrics.process();
    }

    private void state(IntSupplier dirty) {
        gauge(
                "registrator_services",
                "Services of this host by state.",
                show -> board.get()
                        .servicesByState()
                        .forEach((state, count) -> show.call((double) count, state.word())),
                "state");
        gauge(
                "registrator_containers",
                "Containers that the engine has, running or not.",
                show -> show.call(board.get().containers().values().stream()
                        .filter(container -> !container.gone())
                        .count()));
        gauge(
                "registrator_dirty_containers",
                "Containers that have changed and have not been looked at yet.",
                show -> show.call(dirty.getAsInt()));
    }

    private void peers() {
        gauge(
                "registrator_peer_up",
                "Whether a peer answered when it was last asked.",
                show -> {
                    show.call(board.get().engine().answers() ? 1 : 0, "engine");
                    show.call(board.get().registry().answers() ? 1 : 0, "registry");
                },
                "peer");
    }

    private void lastSuccesses() {
        GaugeWithCallback.builder()
                .name("registrator_last_success_timestamp")
                .unit(Unit.SECONDS)
                .help("When a listing of a peer, or a full pass, last succeeded; 0 for never.")
                .labelNames("what")
                .callback(show -> {
                    show.call(seconds(board.get().engine().lastAnswer()), "engine_listing");
                    show.call(seconds(board.get().registry().lastAnswer()), "registry_listing");
                    show.call(seconds(board.get().passes().lastCompleted()), "pass");
                })
                .register(registry);
    }

    /** Few of the many that there are: what a daemon of this size is watched by. */
    private void process() {
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private void gauge(String name, String help, Consumer<GaugeWithCallback.Callback> values, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(values)
                .register(registry);
    }

    private static double seconds(@Nullable Instant instant) {
        return instant == null ? 0 : instant.toEpochMilli() / MILLIS;
    }
}
