package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.OwnerMark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host that has another name, and so another node ID, than when its services were registered. */
class EarlierNodesTest {
    private static final String NOW = "node-2";
    private static final ServiceDefinition ELSEWHERE =
            marked(foreign("node-1:elsewhere:80", "web"), "node-1", new ContainerId("of-another-host"));

    private final LoopHarness before = new LoopHarness();

    @Test
    void takesOverTheServicesOfItsContainersWithoutAGap() {
        before.engine.put(running("a"));
        before.engine.put(running("b"));
        before.settle();

        LoopHarness renamed = new LoopHarness(before, NOW, false);

        assertThat(renamed.settle().ids()).containsExactly(NOW + ":a:80", NOW + ":b:80");
        List<String> writes = renamed.registry.writes();
        assertThat(writes.indexOf("+" + NOW + ":a:80")).isLessThan(writes.indexOf("-" + serviceId("a")));
        assertThat(writes.indexOf("+" + NOW + ":b:80")).isLessThan(writes.indexOf("-" + serviceId("b")));
        renamed.periodicPass();
        assertThat(renamed.observer.told).containsOnlyOnce("was node-1, 2 taken over, 0 stay");
    }

    @Test
    void takesOverAnIdOfItsOwnInPlace() {
        before.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=fixed"));
        before.settle();

        LoopHarness renamed = new LoopHarness(before, NOW, false);

        assertThat(renamed.settle().ids()).containsExactly("fixed");
        assertThat(renamed.registry.writes()).containsExactly("+fixed");
        assertThat(owner(renamed.service("fixed"))).isEqualTo(NOW);
        assertThat(renamed.observer.told).noneMatch(line -> line.startsWith("conflict"));
    }

    @Test
    void leavesServicesOfContainersThatAreGoneUnlessItIsToCleanUp() {
        before.engine.put(running("a"));
        before.engine.put(running("gone"));
        before.engine.put(running("stopped"));
        before.settle();
        before.engine.destroy(id("gone"));
        before.engine.change(exited("stopped", 0));

        LoopHarness renamed = new LoopHarness(before, NOW, false);
        assertThat(renamed.settle().periodicPass().ids())
                .containsExactly(serviceId("gone"), serviceId("stopped"), NOW + ":a:80");
        assertThat(renamed.observer.told).contains("was node-1, 1 taken over, 2 stay");
    }

    @Test
    void cleansUpServicesOfContainersThatAreGone() {
        before.engine.put(running("a"));
        before.engine.put(running("gone"));
        before.settle();
        before.engine.destroy(id("gone"));

        LoopHarness renamed = new LoopHarness(before, NOW, true);

        assertThat(renamed.settle().periodicPass().ids()).containsExactly(NOW + ":a:80");
        assertThat(renamed.observer.told).contains("was node-1, 2 taken over, 0 stay");
    }

    /** Several hosts may share an agent, or a tree of keys. */
    @Test
    void touchesNothingOfANodeThatHasNoContainerHere() {
        before.registry.inner().register(ELSEWHERE);
        before.engine.put(running("a"));

        LoopHarness other = new LoopHarness(before, NOW, true);

        assertThat(other.settle().periodicPass().ids()).containsExactly("node-1:elsewhere:80", NOW + ":a:80");
        assertThat(other.registry.writes()).containsExactly("+" + NOW + ":a:80");
    }

    @Test
    void leavesServicesOfARunningContainerThatGivesNoneOfOurs() {
        before.engine.put(running("a"));
        before.engine.put(running("b"));
        before.settle();
        before.engine.put(container("b", ContainerState.RUNNING, 0, "SERVICE_IGNORE=true"));

        LoopHarness renamed = new LoopHarness(before, NOW, true);

        assertThat(renamed.settle().periodicPass().ids()).containsExactly(serviceId("b"), NOW + ":a:80");
    }

    @Test
    void keepsTheOldServiceAsLongAsTheNewOneIsRefused() {
        before.engine.put(running("a"));
        before.settle();

        LoopHarness renamed = new LoopHarness(before, NOW, false);
        renamed.registry.fail(NOW + ":a:80", new Failure.Rejected(400, "no"));
        assertThat(renamed.settle().periodicPass().ids()).containsExactly(serviceId("a"));

        renamed.registry.fail(NOW + ":a:80", null);
        assertThat(renamed.periodicPass().ids()).containsExactly(NOW + ":a:80");
    }

    /** Two instances with different node IDs on one engine. */
    @Test
    void takesNothingMoreFromANodeWhoseServicesComeBack() {
        before.engine.put(running("a"));
        before.engine.put(running("b"));
        before.settle();
        LoopHarness other = new LoopHarness(before, NOW, false);
        other.settle();

        before.periodicPass();
        other.periodicPass();
        before.periodicPass();
        other.periodicPass();

        assertThat(other.ids()).containsExactly(serviceId("a"), serviceId("b"), NOW + ":a:80", NOW + ":b:80");
        assertThat(other.observer.told).containsOnlyOnce("in use node-1");
        int written = other.registry.writes().size() + before.registry.writes().size();
        before.periodicPass();
        other.periodicPass();
        assertThat(other.registry.writes().size() + before.registry.writes().size())
                .isEqualTo(written);
    }

    private static String owner(ObservedService service) {
        return OwnerMark.in(service.meta()).orElseThrow().owner();
    }

    private static ServiceDefinition marked(ServiceDefinition service, String owner, ContainerId container) {
        return service.withMeta(ImmutableSortedMap.of(
                OwnerMark.OWNER_KEY, owner, OwnerMark.CONTAINER_KEY, container.value(), OwnerMark.HASH_KEY, "another"));
    }
}
