package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerState;
import io.registrator.model.HostAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Services whose address is the host's. */
class HostAddressTest {
    private static final HostAddress AWAITED = new HostAddress.Awaited("the engine does not answer");
    private static final HostAddress NOT_FOUND = new HostAddress.NotFound("no such name");
    private static final Duration A_WHILE = Duration.ofSeconds(15);

    private final LoopHarness loop = looking();

    @Test
    void asksNobodyWhileNoServiceNeedsIt() {
        loop.hostAddress = known("192.0.2.1");
        loop.engine.put(LoopHarness.container("quiet", ContainerState.RUNNING, 0, "SERVICE_IGNORE=true"));

        loop.settle();

        assertThat(loop.observer.told).noneMatch(told -> told.contains("host address"));
    }

    @Test
    void registersOnceTheAddressIsKnown() {
        loop.hostAddress = AWAITED;
        loop.engine.put(running("web"));
        loop.settle();
        assertThat(loop.ids()).isEmpty();

        loop.hostAddress = known("192.0.2.1");
        loop.pass(A_WHILE);

        assertThat(loop.service(serviceId("web")).address()).isEqualTo("192.0.2.1");
        assertThat(loop.observer.told).containsOnlyOnce("host address 192.0.2.1");
    }

    @Test
    void doesNotWaitForAPassOnceTheAddressIsFound() {
        loop.hostAddress = NOT_FOUND;
        loop.engine.put(running("web"));
        loop.settle();
        assertThat(loop.untilNextDue()).isLessThanOrEqualTo(A_WHILE);
        assertThat(loop.observer.told).contains("no host address 1");
    }

    @Test
    void registersEverythingElseMeanwhile() {
        loop.hostAddress = AWAITED;
        loop.engine.put(running("web"));
        loop.engine.put(LoopHarness.container("own", ContainerState.RUNNING, 0, "SERVICE_IP=192.0.2.77"));

        loop.settle();

        assertThat(loop.ids()).containsExactly(serviceId("own"));
        assertThat(loop.observer.passes.getLast()).isEqualTo(new PassSummary(2, 1, 1));
    }

    @Test
    void isNotReadyBeforeTheFirstAnswer() {
        loop.engine.put(running("web"));
        loop.hostAddress = known("192.0.2.1");

        loop.settle();

        assertThat(loop.observer.passes).containsExactly(new PassSummary(1, 1, 0));
    }

    @Test
    void keepsWhatWasRegisteredBeforeItsOwnStartUntilTheAddressIsKnown() {
        loop.hostAddress = known("192.0.2.1");
        loop.engine.put(running("web"));
        loop.settle();
        LoopHarness next = looking(loop);
        next.hostAddress = AWAITED;

        next.settle();
        next.periodicPass();

        assertThat(next.ids()).containsExactly(serviceId("web"));
        next.hostAddress = known("192.0.2.2");
        next.pass(A_WHILE);
        assertThat(next.service(serviceId("web")).address()).isEqualTo("192.0.2.2");
    }

    @Test
    void deregistersWhatStopsWhileTheAddressIsUnknown() {
        loop.hostAddress = known("192.0.2.1");
        loop.engine.put(running("web"));
        loop.settle();
        LoopHarness next = looking(loop);
        next.hostAddress = NOT_FOUND;
        next.settle();

        next.engine.change(LoopHarness.exited("web", 0));
        next.settle();

        assertThat(next.ids()).isEmpty();
    }

    @Test
    void keepsTheAddressThatItKnewWhileNobodyKnowsIt() {
        loop.hostAddress = known("192.0.2.1");
        loop.engine.put(running("web"));
        loop.settle();

        loop.hostAddress = AWAITED;
        loop.periodicPass();
        loop.hostAddress = NOT_FOUND;
        loop.engine.change(running("later"));
        loop.periodicPass();

        assertThat(loop.services()).hasSize(2);
        assertThat(loop.service(serviceId("later")).address()).isEqualTo("192.0.2.1");
        assertThat(loop.observer.told).noneMatch(told -> told.startsWith("no host address"));
    }

    @Test
    void movesServicesWithTheHostsAddress() {
        loop.hostAddress = known("192.0.2.1");
        loop.engine.put(running("web"));
        loop.engine.put(running("other"));
        loop.settle();

        loop.hostAddress = known("192.0.2.2");
        loop.periodicPass();
        loop.periodicPass();

        assertThat(ImmutableMap.copyOf(loop.services()).values())
                .allMatch(service -> service.address().equals("192.0.2.2"))
                .hasSize(2);
        assertThat(loop.observer.told).containsOnlyOnce("host address 192.0.2.2");
    }

    private static HostAddress known(String address) {
        return new HostAddress.Known(address, "a test");
    }

    private static LoopHarness looking() {
        return new LoopHarness(unaddressed(), new RecordingObserver());
    }

    private static LoopHarness looking(LoopHarness before) {
        return new LoopHarness(before, unaddressed());
    }

    private static Deriver unaddressed() {
        return new Deriver(DerivationSettingsBuilder.of(LoopHarness.NODE, HostAddress.NOT_ASKED)
                .build());
    }
}
