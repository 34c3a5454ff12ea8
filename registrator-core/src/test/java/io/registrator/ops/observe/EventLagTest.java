package io.registrator.ops.observe;

import static io.registrator.ops.observe.Occurrences.WEB;
import static io.registrator.ops.observe.Occurrences.deregister;
import static io.registrator.ops.observe.Occurrences.derivation;
import static io.registrator.ops.observe.Occurrences.register;
import static io.registrator.ops.observe.Occurrences.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLagTest {
    private static final Duration TOOK = Duration.ofMillis(1);

    private long now;
    private final List<Duration> measured = new ArrayList<>();
    private final EventLag lag = new EventLag(() -> now, measured::add);

    @Test
    void countsFromTheFirstMarkToEachWrite() {
        markAt(10);
        markAt(20);
        lag.derived(derivation(WEB, "a", "b"));
        lag.looked(WEB.id());
        now = 50;
        lag.applied(register("a"), TOOK);
        now = 70;
        lag.applied(register("b"), TOOK);

        assertThat(measured).containsExactly(Duration.ofNanos(40), Duration.ofNanos(60));
    }

    @Test
    void countsTheRemovalOfWhatAContainerGave() {
        lag.derived(derivation(WEB, "a"));
        markAt(10);
        lag.forgotten(WEB.id());
        now = 30;
        lag.applied(deregister("a"), TOOK);

        assertThat(measured).containsExactly(Duration.ofNanos(20));
    }

    @Test
    void doesNotCountWritesThatNoEventCaused() {
        markAt(10);
        lag.derived(derivation(WEB, "a"));
        lag.looked(WEB.id());
        lag.inSync(service(WEB, "a"));
        now = 1_000;
        lag.applied(register("a"), TOOK);

        assertThat(measured).isEmpty();
    }

    @Test
    void knowsHowManyContainersAreToBeLookedAt() {
        markAt(1);
        assertThat(lag.dirty()).isEqualTo(1);
        lag.looked(WEB.id());
        assertThat(lag.dirty()).isZero();
    }

    private void markAt(long nanos) {
        now = nanos;
        lag.marked(ImmutableSet.of(WEB.id()));
    }
}
