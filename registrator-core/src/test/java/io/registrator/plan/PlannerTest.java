package io.registrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import io.registrator.plan.Decision.Conflict;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.Decision.InSync;
import io.registrator.plan.Decision.LeaveAlone;
import io.registrator.plan.Decision.Register;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final String NODE = "node-1";
    private static final ServiceDefinition WEB = web("node-1:web:80", "10.0.0.1", 32768);

    private final Planner planner = new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false));
    private final Planner cleaning = new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, true));

    @Test
    void registersWhatIsMissing() {
        assertThat(why(planner.decide(WEB.id(), WEB, null, null))).isEqualTo(Register.Why.MISSING);
    }

    @Test
    void marksWhatItRegisters() {
        Register register = (Register) planner.decide(WEB.id(), WEB, null, null);

        assertThat(OwnerMark.in(register.definition().meta())).hasValueSatisfying(mark -> {
            assertThat(mark.owner()).isEqualTo(NODE);
            assertThat(mark.container()).isEqualTo(WEB.container().id());
        });
    }

    @Test
    void hasNothingToDoAfterItsOwnWrite() {
        ObservedService written = applied(planner.decide(WEB.id(), WEB, null, null));

        assertThat(planner.decide(WEB.id(), WEB, written, null)).isInstanceOf(InSync.class);
    }

    @Test
    void updatesWhenTheDefinitionChanges() {
        ObservedService written = applied(planner.decide(WEB.id(), WEB, null, null));
        ServiceDefinition moved = web("node-1:web:80", "10.0.0.1", 32999);

        assertThat(why(planner.decide(WEB.id(), moved, written, null))).isEqualTo(Register.Why.CHANGED);
    }

    @Test
    void putsBackWhatSomebodyAltered() {
        ObservedService written = applied(planner.decide(WEB.id(), WEB, null, null));
        ObservedService altered = new ObservedService(
                written.id(),
                "other",
                written.tags(),
                written.address(),
                written.port(),
                written.taggedAddresses(),
                written.meta(),
                written.weights(),
                written.enableTagOverride());

        assertThat(why(planner.decide(WEB.id(), WEB, altered, null))).isEqualTo(Register.Why.ALTERED);
    }

    @Test
    void removesItsOwnWhenNoContainerGivesIt() {
        ObservedService written = applied(planner.decide(WEB.id(), WEB, null, null));

        assertThat(planner.decide(WEB.id(), null, written, null))
                .isEqualTo(new Deregister(written, Deregister.Why.STALE));
    }

    @Test
    void leavesServicesOfOtherNodesAlone() {
        ObservedService others = applied(new Planner(new PlanPolicy("node-2", DeregisterPolicy.ALWAYS, false))
                .decide(WEB.id(), WEB, null, null));

        assertThat(cleaning.decide(WEB.id(), null, others, null))
                .isEqualTo(new LeaveAlone(WEB.id(), LeaveAlone.Why.NOT_MINE));
        assertThat(cleaning.decide(WEB.id(), WEB, others, null)).isInstanceOf(Conflict.class);
    }

    @Test
    void adoptsWhatThePredecessorLeftForTheSameContainer() {
        ObservedService left = unmarked("node-1:web:80", "10.9.9.9", 1);

        assertThat(why(planner.decide(WEB.id(), WEB, left, null))).isEqualTo(Register.Why.ADOPTED);
    }

    @Test
    void adoptsACustomIdOnlyAtTheSameEndpoint() {
        ServiceDefinition custom = web("my-id", "10.0.0.1", 32768);

        assertThat(why(planner.decide(custom.id(), custom, unmarked("my-id", "10.0.0.1", 32768), null)))
                .isEqualTo(Register.Why.ADOPTED);
        assertThat(planner.decide(custom.id(), custom, unmarked("my-id", "10.0.0.2", 32768), null))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void adoptsNothingByAnAddressThatTheContainerOnlyClaims() {
        ServiceDefinition claiming = claiming("my-id", "10.0.0.1", 32768);
        ServiceDefinition byId = claiming("node-1:web:80", "10.0.0.1", 32768);

        assertThat(planner.decide(claiming.id(), claiming, unmarked("my-id", "10.0.0.1", 32768), null))
                .isInstanceOf(Conflict.class);
        assertThat(why(planner.decide(byId.id(), byId, unmarked("node-1:web:80", "10.0.0.1", 32768), null)))
                .isEqualTo(Register.Why.ADOPTED);
    }

    @Test
    void removesThePredecessorsLeftoversOnlyWhenAskedTo() {
        ObservedService dangling = unmarked("node-1:gone:80", "10.0.0.1", 1);

        assertThat(planner.decide(dangling.id(), null, dangling, null)).isInstanceOf(LeaveAlone.class);
        assertThat(cleaning.decide(dangling.id(), null, dangling, null))
                .isEqualTo(new Deregister(dangling, Deregister.Why.DANGLING));
    }

    @Test
    void neverCleansWhatNoPredecessorCouldHaveLeft() {
        for (String id :
                ImmutableList.of("consul", "vault:10.0.0.1:8200", "node-1:web", "node-1:web:http", "node-12:web:80")) {
            ObservedService foreign = unmarked(id, "10.0.0.1", 1);

            assertThat(cleaning.decide(foreign.id(), null, foreign, null)).isInstanceOf(LeaveAlone.class);
        }
    }

    @Test
    void asksForTheMarkOnceMoreBeforeRemoving() {
        ObservedService written = applied(planner.decide(WEB.id(), WEB, null, null));
        Deregister removal = (Deregister) planner.decide(WEB.id(), null, written, null);

        assertThat(planner.stillHolds(removal, written)).isTrue();
        assertThat(planner.stillHolds(removal, unmarked("node-1:web:80", "10.0.0.1", 32768)))
                .isFalse();
    }

    @Test
    void leavesTagsToOthersWhereTheyMayOverrideThem() {
        ServiceDefinition shared = new ServiceDefinition(
                WEB.id(),
                WEB.name(),
                ImmutableList.of("ours"),
                WEB.address(),
                WEB.port(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableList.of(),
                Weights.DEFAULT,
                true,
                null,
                WEB.container());
        ObservedService written = applied(planner.decide(shared.id(), shared, null, null));
        ObservedService retagged = new ObservedService(
                written.id(),
                written.name(),
                ImmutableList.of("theirs"),
                written.address(),
                written.port(),
                written.taggedAddresses(),
                written.meta(),
                written.weights(),
                true);

        assertThat(planner.decide(shared.id(), shared, retagged, null)).isInstanceOf(InSync.class);
    }

    @Test
    void registersAnewWhatTheRegistryWouldGoOnUsingAnotherTokenFor() {
        ObservedService current = applied(planner.decide(WEB.id(), WEB, null, null));
        ObservedService outdated = new ObservedService(
                current.id(),
                current.name(),
                current.tags(),
                current.address(),
                current.port(),
                current.taggedAddresses(),
                current.meta(),
                current.weights(),
                current.enableTagOverride(),
                true,
                null);

        Decision decision = planner.decide(WEB.id(), WEB, outdated, null);

        assertThat(why(decision)).isEqualTo(Register.Why.REAUTHORIZED);
        assertThat(planner.decide(WEB.id(), WEB, applied(decision), null)).isInstanceOf(InSync.class);
    }

    private static ServiceDefinition web(String id, String address, int port) {
        return web(id, address, port, false);
    }

    private static ServiceDefinition claiming(String id, String address, int port) {
        return web(id, address, port, true);
    }

    private static ServiceDefinition web(String id, String address, int port, boolean claimsAddress) {
        return new ServiceDefinition(
                new ServiceId(id),
                "web",
                ImmutableList.of(),
                address,
                port,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableList.of(),
                Weights.DEFAULT,
                false,
                null,
                new ContainerRef(new ContainerId("c0ffee"), "web"),
                claimsAddress);
    }

    private static ObservedService unmarked(String id, String address, int port) {
        return web(id, address, port).asObserved();
    }

    private static Register.Why why(Decision decision) {
        assertThat(decision).isInstanceOf(Register.class);
        return ((Register) decision).why();
    }

    private static ObservedService applied(Decision decision) {
        return ((Register) decision).definition().asObserved();
    }
}
