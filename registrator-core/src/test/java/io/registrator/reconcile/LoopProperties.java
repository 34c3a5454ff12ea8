package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.renamed;
import static io.registrator.reconcile.LoopHarness.runningSince;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens to containers, in whatever order the engine, the registry and the answers of both come, go and fail: once
 * they are well again, the registry is as the engine is; what nobody touched was never gone; what is a stranger's is as it was.
 */
class LoopProperties {
    private static final String STABLE = "stable";
    private static final Failure DOWN = new Failure.Transient("connection refused");
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    /** What can happen; the events are those that engines send with it. */
    private enum Kind {
        START,
        STOP,
        IGNORED_SIGNAL,
        KILL,
        REMOVE_BY_FORCE,
        REMOVE,
        RENAME,
        PAUSE,
        RECONNECT,
        RESTART,
        /** Without an event, as though the stream had lost it. */
        STREAM_CUT,
        ENGINE_DOWN,
        ENGINE_UP,
        INSPECTS_FAIL,
        REGISTRY_DOWN,
        REGISTRY_UP,
        WRITES_FAIL,
        ANSWERS_LOST,
        STEP,
        ANSWER_FIRST,
        ANSWER_LAST,
        ANSWER_ALL,
        A_MOMENT_LATER,
        MUCH_LATER,
        QUIET
    }

    /** After which waits, or a drain in vain, have to be over first. A stream that is cut is no trouble: it is opened again. */
    private static final Set<Kind> TROUBLE = EnumSet.of(
            Kind.IGNORED_SIGNAL,
            Kind.ENGINE_DOWN,
            Kind.INSPECTS_FAIL,
            Kind.REGISTRY_DOWN,
            Kind.WRITES_FAIL,
            Kind.ANSWERS_LOST);

    private record Happening(Kind kind, int container) {}

    @Provide
    Arbitrary<List<Happening>> happenings() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 2))
                .as(Happening::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 3_000)
    void whateverHappensTheRegistryIsInTheEndAsTheEngineIs(@ForAll("happenings") List<Happening> happenings) {
        Host host = new Host();
        happenings.forEach(host::happen);
        host.quiet();
    }

    /** An engine with a few containers, as it really is, beside the loop that hears of it. */
    private static final class Host {
        private final LoopHarness loop = new LoopHarness();
        private final List<String> names = new ArrayList<>(List.of("a", "b", "c"));
        private final Map<String, ContainerSnapshot> containers = new TreeMap<>();
        private final ObservedService stranger;
        private int signals;
        private boolean troubled;

        Host() {
            loop.registry.inner().register(foreign("vault:8200", "vault"));
            stranger = loop.service("vault:8200");
            put(runningSince(STABLE, Instant.EPOCH));
            loop.settle();
        }

        void happen(Happening happening) {
            String key = names.get(happening.container());
            @Nullable ContainerSnapshot now = containers.get(key);
            troubled |= TROUBLE.contains(happening.kind());
            switch (happening.kind()) {
                case START -> start(key);
                case STOP -> end(now, SIGTERM, 143);
                case IGNORED_SIGNAL -> signal(now, SIGTERM);
                case KILL -> end(now, SIGKILL, 137);
                case REMOVE_BY_FORCE -> {
                    end(now, SIGKILL, 137);
                    remove(key);
                }
                case REMOVE -> {
                    if (now != null && !now.state().isRunning()) {
                        remove(key);
                    }
                }
                case RENAME -> rename(key, now);
                case PAUSE -> pause(now);
                case RECONNECT -> loop.engine.changeNetwork(id(key));
                case RESTART -> {
                    end(now, SIGTERM, 0);
                    start(key);
                }
                case STREAM_CUT -> loop.engine.cut(DOWN);
                case ENGINE_DOWN -> loop.engine.outage(DOWN);
                case ENGINE_UP -> loop.engine.outage(null);
                case INSPECTS_FAIL -> loop.engine.failInspect(id(key), DOWN);
                case REGISTRY_DOWN -> loop.registry.outage(DOWN);
                case REGISTRY_UP -> loop.registry.outage(null);
                case WRITES_FAIL -> loop.registry.fail(serviceId(key), DOWN);
                case ANSWERS_LOST -> loop.registry.loseAnswers(serviceId(key), DOWN);
                case STEP -> loop.step();
                case ANSWER_FIRST -> answer(true);
                case ANSWER_LAST -> answer(false);
                case ANSWER_ALL -> loop.answer();
                case A_MOMENT_LATER -> loop.pass(Duration.ofSeconds(1));
                case MUCH_LATER -> loop.pass(Duration.ofSeconds(31));
                case QUIET -> quiet();
            }
        }

        private void answer(boolean first) {
            if (!loop.requests.isEmpty()) {
                (first ? loop.requests.removeFirst() : loop.requests.removeLast()).run();
            }
        }

        private void start(String key) {
            ContainerSnapshot before = containers.get(key);
            if (before != null && before.state().isRunning()) {
                return;
            }
            loop.engine.changeNetwork(id(key));
            String name = before == null ? key : before.name();
            ContainerSnapshot started = runningSince(key, moment(500));
            put(key, name.equals(key) ? started : renamed(started, name));
            loop.engine.emit(id(key));
        }

        private void end(@Nullable ContainerSnapshot now, int signal, int exitCode) {
            if (now != null && now.state().isRunning()) {
                signal(now, signal);
                put(key(now), now.ended(exitCode));
                loop.engine.die(now.id(), exitCode, moment(750));
                loop.engine.changeNetwork(now.id());
            }
        }

        private void signal(@Nullable ContainerSnapshot now, int number) {
            if (now != null && now.state().isRunning()) {
                signals++;
                loop.engine.signal(now.id(), number);
            }
        }

        private void remove(String key) {
            if (containers.remove(key) != null) {
                loop.engine.destroy(id(key));
            }
        }

        private void rename(String key, @Nullable ContainerSnapshot now) {
            if (now != null) {
                put(key, renamed(now, now.name().equals(key) ? key + "-renamed" : key));
                loop.engine.emit(now.id());
            }
        }

        private void pause(@Nullable ContainerSnapshot now) {
            if (now != null && now.state().isRunning()) {
                ContainerState other =
                        now.state() == ContainerState.PAUSED ? ContainerState.RUNNING : ContainerState.PAUSED;
                put(key(now), inState(now, other));
                loop.engine.emit(now.id());
            }
        }

        /** Where nothing has failed, all is right after a moment; else when all is well again, and waits and drains are over. */
        void quiet() {
            if (!troubled) {
                loop.settle().pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1));
                assertThat(loop.ids()).as("without a full pass").containsExactlyElementsOf(expected());
            }
            troubled = false;
            loop.engine.outage(null);
            loop.registry.outage(null);
            names.forEach(key -> {
                loop.engine.failInspect(id(key), null);
                loop.registry.fail(serviceId(key), null);
                loop.registry.loseAnswers(serviceId(key), null);
            });
            loop.settle().pass(Duration.ofSeconds(31)).pass(Duration.ofSeconds(31));
            loop.pass(Duration.ofSeconds(31));

            assertThat(loop.ids()).containsExactlyElementsOf(expected());
            assertThat(loop.service("vault:8200")).isEqualTo(stranger);
            assertThat(loop.registry.writes())
                    .doesNotContain("-" + serviceId(STABLE), ">" + serviceId(STABLE))
                    .noneMatch(write -> write.contains("vault"));
        }

        private List<String> expected() {
            List<String> ids = containers.values().stream()
                    .filter(container -> container.state().isRunning())
                    .map(container -> serviceId(container.name()))
                    .collect(Collectors.toCollection(ArrayList::new));
            ids.add("vault:8200");
            return ids.stream().sorted().toList();
        }

        /** Later than every signal so far, and before the next. */
        private Instant moment(int millis) {
            return Instant.parse("2026-01-01T00:00:00Z")
                    .plusSeconds(signals - 1L)
                    .plusMillis(millis);
        }

        private String key(ContainerSnapshot container) {
            return container.id().value().substring("id-of-".length());
        }

        private void put(ContainerSnapshot container) {
            put(container.name(), container);
            loop.engine.emit(container.id());
        }

        private void put(String key, ContainerSnapshot container) {
            containers.put(key, container);
            loop.engine.put(container);
        }
    }

    private static ContainerSnapshot inState(ContainerSnapshot now, ContainerState state) {
        return new ContainerSnapshot(
                now.id(),
                now.name(),
                now.image(),
                now.created(),
                now.startedAt(),
                state,
                now.exitCode(),
                now.health(),
                now.stop(),
                now.env(),
                now.labels(),
                now.exposedPorts(),
                now.bindings(),
                now.networkMode(),
                now.networks());
    }
}
