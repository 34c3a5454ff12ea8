package io.registrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Decision.Conflict;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.Decision.LeaveAlone;
import io.registrator.plan.Decision.Register;
import io.registrator.testing.SnapshotBuilder;
import io.registrator.testing.TestServices;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be overwritten, removed or taken over, and what is somebody else's. */
class OwnershipTest {
    private static final String NODE = "node-1";
    private static final String FORMER = "old-name";
    private static final ServiceDefinition WEB =
            TestServices.web("node-1:web:80").definition();
    private static final ContainerSnapshot RUNNING =
            SnapshotBuilder.running("web").publish(80, 32_768).build();

    private final Planner planner = new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false));
    private final Planner cleaning = new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, true));

    @Test
    void mayWriteOverNothingAndOverItsOwn() {
        assertThat(planner.mayStillReplace(null, null)).isTrue();
        assertThat(planner.mayStillReplace(of(NODE), null)).isTrue();
        assertThat(planner.mayStillReplace(null, of(NODE))).isTrue();
        assertThat(planner.isMine(of(NODE))).isTrue();
        assertThat(planner.isMine(of(FORMER))).isFalse();
        assertThat(planner.isMine(WEB.asObserved())).isFalse();
    }

    @Test
    void mayNotWriteOverWhatSomebodyElseRegisteredMeanwhile() {
        assertThat(planner.mayStillReplace(null, WEB.asObserved())).isFalse();
        assertThat(planner.mayStillReplace(null, of("node-2"))).isFalse();
        assertThat(planner.mayStillReplace(of(NODE), of("node-2"))).isFalse();
    }

    @Test
    void mayWriteOverWhatItDecidedToTakeOverWhileThatIsAsItWas() {
        ObservedService left = WEB.asObserved();

        assertThat(planner.mayStillReplace(left, left)).isTrue();
        assertThat(planner.mayStillReplace(left, left.inMaintenance("disk"))).isTrue();
        assertThat(planner.mayStillReplace(
                        left,
                        TestServices.web("node-1:web:80")
                                .tags("new")
                                .definition()
                                .asObserved()))
                .isFalse();
        assertThat(planner.mayStillReplace(of(FORMER), of(FORMER))).isTrue();
        assertThat(planner.mayStillReplace(of(FORMER), of("node-2"))).isFalse();
    }

    /** Running, gives services of ours, and -cleanup: whether a service of this host's former name is taken over. */
    @ParameterizedTest
    @CsvSource({
        "true, true, false, true",
        "true, false, false, false",
        "true, false, true, false",
        "false, false, true, true",
        "false, true, false, false",
    })
    void takesOverWhatThisHostRegisteredUnderAFormerName(
            boolean running, boolean givesServices, boolean cleanup, boolean taken) {
        Planner asked = cleanup ? cleaning : planner;
        ContainerSnapshot container = running
                ? RUNNING
                : SnapshotBuilder.running("web").state(ContainerState.EXITED).build();
        FormerNodes former = former(givesServices);

        assertThat(asked.decide(WEB.id(), WEB, null, of(FORMER), container, former))
                .isInstanceOf(taken ? Register.class : Conflict.class);
        assertThat(asked.decide(WEB.id(), null, null, of(FORMER), container, former))
                .isEqualTo(
                        taken
                                ? new Deregister(of(FORMER), Deregister.Why.TAKEN_OVER)
                                : new LeaveAlone(WEB.id(), LeaveAlone.Why.NOT_MINE));
    }

    @Test
    void takesNothingOverOfContainersThatAreGoneUnlessAskedToCleanUp() {
        assertThat(planner.decide(WEB.id(), null, null, of(FORMER), null, former(true)))
                .isEqualTo(new LeaveAlone(WEB.id(), LeaveAlone.Why.NOT_MINE));
        assertThat(cleaning.decide(WEB.id(), null, null, of(FORMER), null, former(true)))
                .isEqualTo(new Deregister(of(FORMER), Deregister.Why.TAKEN_OVER));
        assertThat(cleaning.decide(WEB.id(), null, null, of("node-2"), null, former(true)))
                .isEqualTo(new LeaveAlone(WEB.id(), LeaveAlone.Why.NOT_MINE));
        assertThat(cleaning.decide(WEB.id(), null, null, of(FORMER), RUNNING, FormerNodes.NONE))
                .isEqualTo(new LeaveAlone(WEB.id(), LeaveAlone.Why.NOT_MINE));
        assertThat(FormerNodes.NONE.givesServices(RUNNING.id())).isFalse();
    }

    @Test
    void knowsWhatOthersRegistered() {
        assertThat(new Deregister(of(NODE), Deregister.Why.STALE).isOfAnother()).isFalse();
        assertThat(new Deregister(of(FORMER), Deregister.Why.TAKEN_OVER).isOfAnother())
                .isTrue();
        assertThat(planner.otherInstance(of("node-2")))
                .hasValueSatisfying(mark -> assertThat(mark.owner()).isEqualTo("node-2"));
        assertThat(planner.otherInstance(of(NODE))).isEmpty();
        assertThat(planner.otherInstance(WEB.asObserved())).isEmpty();
        assertThat(OwnerMark.containerOf(null)).isEmpty();
        assertThat(OwnerMark.containerOf(WEB.asObserved())).isEmpty();
        assertThat(OwnerMark.containerOf(of(NODE))).contains(WEB.container().id());
    }

    @Test
    void saysWhoIsPausedAndWhoIsBeingStopped() {
        assertThat(Maintenance.paused(WEB.container())).isEqualTo("registrator: container web is paused");
        assertThat(Maintenance.stopping(WEB.container())).isEqualTo("registrator: container web is being stopped");
    }

    @ParameterizedTest
    @CsvSource({
        "node-1:web:80, true, true",
        "node-1:web:80:udp, true, false",
        "node-1:web:81, true, false",
        "node-1:web:80, false, false",
        "node-2:web:80, true, false",
    })
    void knowsTheContainerThatAPredecessorsServiceIsStillOf(String id, boolean running, boolean itsOwn) {
        ContainerSnapshot container = running
                ? RUNNING
                : SnapshotBuilder.running("web")
                        .publish(80, 32_768)
                        .state(ContainerState.EXITED)
                        .build();

        assertThat(cleaning.claimant(
                        TestServices.web(id).definition().asObserved(),
                        name -> Optional.of(container)
                                .filter(each -> each.name().equals(name))))
                .isEqualTo(itsOwn ? Optional.of(container) : Optional.empty());
    }

    private static FormerNodes former(boolean givesServices) {
        return new FormerNodes() {
            @Override
            public boolean wasCalled(String node) {
                return node.equals(FORMER);
            }

            @Override
            public boolean givesServices(ContainerId container) {
                return givesServices;
            }
        };
    }

    /** As the instance with this node ID registered it. */
    private static ObservedService of(String owner) {
        return OwnerMark.stamp(WEB, owner).asObserved();
    }
}
