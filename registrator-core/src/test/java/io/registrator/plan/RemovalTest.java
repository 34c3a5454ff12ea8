package io.registrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.Decision.InSync;
import io.registrator.plan.Decision.LeaveAlone;
import io.registrator.plan.Decision.Maintain;
import io.registrator.plan.Decision.Register;
import io.registrator.testing.SnapshotBuilder;
import io.registrator.testing.TestServices;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which services go, by the policy and by what became of them meanwhile, and which are put into maintenance. */
class RemovalTest {
    private static final String NODE = "node-1";
    private static final ServiceDefinition WEB =
            TestServices.web("node-1:web:80").definition();
    private static final String PAUSED = Maintenance.paused(WEB.container());
    private static final String STOPPING = Maintenance.stopping(WEB.container());

    private final Planner planner = planner(DeregisterPolicy.ALWAYS);
    private final Planner cleaning = new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, true));

    @ParameterizedTest
    @CsvSource({
        "ALWAYS, RUNNING, 0, true",
        "ALWAYS, EXITED, 1, true",
        "ALWAYS, DEAD, 0, true",
        "ON_SUCCESS, RUNNING, 0, true",
        "ON_SUCCESS, RUNNING, 1, true",
        "ON_SUCCESS, PAUSED, 1, true",
        "ON_SUCCESS, EXITED, 0, true",
        "ON_SUCCESS, EXITED, 1, false",
        "ON_SUCCESS, EXITED, 127, false",
        "ON_SUCCESS, EXITED, 137, true",
        "ON_SUCCESS, EXITED, 143, true",
        "ON_SUCCESS, DEAD, 0, true",
        "ON_SUCCESS, DEAD, 1, false",
        "NEVER, RUNNING, 0, true",
        "NEVER, EXITED, 0, false",
        "NEVER, EXITED, 1, false",
    })
    void removesWhatNoContainerGivesByThePolicy(
            DeregisterPolicy policy, ContainerState state, int exitCode, boolean removed) {
        ContainerSnapshot container =
                SnapshotBuilder.running("web").state(state).exitCode(exitCode).build();

        assertThat(decide(policy, container)).isEqualTo(removed ? stale() : kept());
    }

    @Test
    void removesWhatIsOfNoContainerAnyMoreUnlessNothingIsEverRemoved() {
        assertThat(decide(DeregisterPolicy.ALWAYS, null)).isEqualTo(stale());
        assertThat(decide(DeregisterPolicy.ON_SUCCESS, null)).isEqualTo(stale());
        assertThat(decide(DeregisterPolicy.NEVER, null)).isEqualTo(kept());
    }

    @ParameterizedTest
    @EnumSource
    void mayRemoveAheadOfTheEndOnlyWhereEveryEndRemoves(DeregisterPolicy policy) {
        assertThat(planner(policy).removesWhatStops()).isEqualTo(policy == DeregisterPolicy.ALWAYS);
    }

    @Test
    void holdsOnToNoRemovalOnceTheMarkIsAnothers() {
        Deregister removal = (Deregister) planner.decide(WEB.id(), null, written(), null);
        ObservedService takenOver = written("node-2", WEB);
        ServiceDefinition changed =
                TestServices.web("node-1:web:80").tags("new").definition();

        assertThat(planner.stillHolds(removal, written())).isTrue();
        assertThat(planner.stillHolds(removal, takenOver)).isFalse();
        assertThat(planner.stillHolds(removal, written(NODE, changed)))
                .as("another definition of ours")
                .isFalse();
    }

    @Test
    void holdsOnToNoRemovalOfALeftoverThatWasAlteredMeanwhile() {
        ObservedService left = TestServices.web("node-1:gone:80").definition().asObserved();
        Deregister removal = (Deregister) cleaning.decide(left.id(), null, left, null);
        ObservedService altered =
                TestServices.web("node-1:gone:80").tags("new").definition().asObserved();

        assertThat(cleaning.stillHolds(removal, left)).isTrue();
        assertThat(cleaning.stillHolds(removal, left.inMaintenance("disk change")))
                .as("maintenance says nothing of whose it is")
                .isTrue();
        assertThat(cleaning.stillHolds(removal, altered)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-1:gone:80", "node-1:gone:53:udp", "node-1:a.b_c-d:65535"})
    void cleansWhatAPredecessorNames(String id) {
        ObservedService left = TestServices.web(id).definition().asObserved();

        assertThat(cleaning.decide(left.id(), null, left, null))
                .isEqualTo(new Deregister(left, Deregister.Why.DANGLING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-1:gone:53:tcp", "node-1:gone:udp", "node-1::80", "node-1:-gone:80", "node-2:gone:80"})
    void cleansNothingElse(String id) {
        ObservedService other = TestServices.web(id).definition().asObserved();

        assertThat(cleaning.decide(other.id(), null, other, null))
                .isEqualTo(new LeaveAlone(other.id(), LeaveAlone.Why.NOT_MINE));
    }

    @Test
    void cleansNothingOfAContainerThatIsHere() {
        ObservedService left = TestServices.web("node-1:web:80").definition().asObserved();

        assertThat(cleaning.decide(
                        left.id(), null, left, SnapshotBuilder.running("web").build()))
                .isEqualTo(new LeaveAlone(left.id(), LeaveAlone.Why.NOT_MINE));
    }

    @Test
    void knowsTheRunningContainerThatAPredecessorRegistered() {
        ObservedService left = TestServices.web("node-1:web:80").definition().asObserved();
        ContainerSnapshot web =
                SnapshotBuilder.running("web").publish(80, 32_768).build();

        assertThat(cleaning.claimant(left, name -> found(name, web))).contains(web);
        assertThat(cleaning.claimant(written(), name -> found(name, web)))
                .as("a service of ours")
                .isEmpty();
    }

    private static Optional<ContainerSnapshot> found(String name, ContainerSnapshot container) {
        return Optional.of(container).filter(each -> each.name().equals(name));
    }

    @Test
    void knowsItsOwnByTheWholeMark() {
        ObservedService mine = written();

        assertThat(planner.isMine(mine)).isTrue();
        assertThat(planner.isMine(WEB.asObserved())).isFalse();
        assertThat(new Planner(new PlanPolicy("node-2", DeregisterPolicy.ALWAYS, false)).isMine(mine))
                .isFalse();
        for (String key : OwnerMark.KEYS) {
            assertThat(planner.isMine(withMeta(mine, key, ""))).as(key).isFalse();
        }
    }

    @Test
    void putsIntoMaintenanceAndTakesOutAgainWhatItPutThere() {
        Decision into = decide(PAUSED, written());
        Decision out = decide(null, written().inMaintenance(PAUSED));
        Decision other = decide(STOPPING, written().inMaintenance(PAUSED));

        assertThat(reason(into)).isEqualTo(PAUSED).isEqualTo("registrator: container web is paused");
        assertThat(reason(out)).isNull();
        assertThat(reason(other)).isEqualTo(STOPPING).isEqualTo("registrator: container web is being stopped");
        assertThat(decide(PAUSED, written().inMaintenance(PAUSED))).isInstanceOf(InSync.class);
    }

    @Test
    void leavesTheMaintenanceOfOthersAlone() {
        ObservedService theirs = written().inMaintenance("disk change");

        assertThat(decide(PAUSED, theirs)).isInstanceOf(InSync.class);
        assertThat(decide(null, theirs)).isInstanceOf(InSync.class);
        assertThat(planner.mayMaintain("disk change")).isFalse();
        assertThat(planner.mayMaintain("")).as("without a reason").isFalse();
        assertThat(planner.mayMaintain(PAUSED)).isTrue();
        assertThat(planner.mayMaintain(null)).isTrue();
    }

    @Test
    void tellsWhetherWhatItWritesWasThereBefore() {
        assertThat(((Decision.Action) planner.decide(WEB.id(), WEB, null, null)).isUpdate())
                .isFalse();
        assertThat(((Decision.Action) planner.decide(WEB.id(), WEB, WEB.asObserved(), null)).isUpdate())
                .isTrue();
        assertThat(((Decision.Action) decide(PAUSED, written())).isUpdate()).isTrue();
        assertThat(((Decision.Action) stale()).isUpdate()).isFalse();
    }

    @Test
    void refusesToBeNobody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlanPolicy(" ", DeregisterPolicy.ALWAYS, false));
    }

    private Decision decide(@Nullable String maintenance, ObservedService observed) {
        return planner.decide(WEB.id(), WEB, maintenance, observed, null, FormerNodes.NONE);
    }

    private static Decision decide(DeregisterPolicy policy, @Nullable ContainerSnapshot container) {
        return planner(policy).decide(WEB.id(), null, written(), container);
    }

    private static Decision stale() {
        return new Deregister(written(), Deregister.Why.STALE);
    }

    private static Decision kept() {
        return new LeaveAlone(WEB.id(), LeaveAlone.Why.KEPT_BY_POLICY);
    }

    private static Planner planner(DeregisterPolicy policy) {
        return new Planner(new PlanPolicy(NODE, policy, false));
    }

    private static ObservedService written() {
        return written(NODE, WEB);
    }

    /** As that instance registers it. */
    private static ObservedService written(String owner, ServiceDefinition definition) {
        Planner instance = new Planner(new PlanPolicy(owner, DeregisterPolicy.ALWAYS, false));
        return ((Register) instance.decide(definition.id(), definition, null, null))
                .definition()
                .asObserved();
    }

    private static ObservedService withMeta(ObservedService service, String key, String value) {
        ImmutableSortedMap.Builder<String, String> meta = ImmutableSortedMap.naturalOrder();
        service.meta().forEach((each, was) -> meta.put(each, each.equals(key) ? value : was));
        return TestServices.web(service.id().value())
                .meta(meta.buildOrThrow())
                .definition()
                .asObserved();
    }

    private static @Nullable String reason(Decision decision) {
        assertThat(decision).isInstanceOf(Maintain.class);
        return ((Maintain) decision).reason();
    }
}
