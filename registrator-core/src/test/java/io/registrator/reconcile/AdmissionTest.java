package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.checked;
import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.exited;
import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.runningSince;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.CheckStatus;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ServiceId;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.reconcile.Prober.Answer;
import io.registrator.testing.SnapshotBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When services enter discovery, and when they leave it. */
class AdmissionTest {
    private static final String PUBLISHED = LoopHarness.HOST + ":32768";
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int SIGTERM = 15;
    private static final int SIGHUP = 1;
    private static final String A = serviceId("a");

    private final LoopHarness loop = new LoopHarness();

    @Test
    void registersAsPassingWhatListens() {
        loop.engine.put(running("a"));

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isTrue();
        assertThat(loop.observer.told).noneMatch(told -> told.startsWith("waiting"));
    }

    @Test
    void waitsForThePortAndRegistersAtOnceWhenItAccepts() {
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        loop.engine.put(running("a"));
        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.untilNextDue()).isEqualTo(MOMENT);
        assertThat(loop.pass(Duration.ofSeconds(5)).ids()).isEmpty();

        loop.prober.answer(PUBLISHED, Answer.ACCEPTS);

        assertThat(loop.pass(loop.untilNextDue()).ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isTrue();
        assertThat(loop.observer.told).containsOnlyOnce("waiting " + A + " for something to listen on " + PUBLISHED);
    }

    @Test
    void asksLessOftenTheLongerItWaits() {
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        loop.engine.put(running("a"));
        loop.settle();

        assertThat(loop.pass(Duration.ofSeconds(2)).untilNextDue()).isEqualTo(Duration.ofMillis(100));
        assertThat(loop.pass(Duration.ofSeconds(20)).untilNextDue()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void registersWhatDoesNotListenAfterTheTimeoutAndSaysSo() {
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_LISTEN_TIMEOUT=5s"));
        loop.settle();

        assertThat(loop.pass(Duration.ofSeconds(4)).ids()).isEmpty();
        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isFalse();
        assertThat(loop.observer.told).contains("unready " + A + ": nothing listens on " + PUBLISHED + " after 5 s");
    }

    @Test
    void registersUnaskedWhatIsRegisteredOnStart() {
        loop.prober.answer(PUBLISHED, Answer.ACCEPTS);
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_REGISTER_ON=start"));

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isFalse();
        assertThat(loop.prober.asked()).isEmpty();
    }

    @Test
    void doesNotWaitLongForAnAddressThatCannotBeReachedFromHere() {
        loop.prober.answer(PUBLISHED, Answer.SILENT);
        loop.engine.put(running("a"));

        loop.settle().pass(Duration.ofMillis(250)).pass(Duration.ofMillis(250));

        assertThat(loop.ids()).containsExactly(A);
        assertThat(loop.observer.told).contains("unready " + A + ": " + PUBLISHED + " cannot be reached from here");
    }

    @Test
    void waitsForTheHealthcheck() {
        loop.engine.put(checked("a", ContainerHealth.STARTING, "", "SERVICE_REGISTER_ON=healthy"));
        assertThat(loop.settle().periodicPass().ids()).isEmpty();

        loop.engine.change(checked("a", ContainerHealth.HEALTHY, "ok", "SERVICE_REGISTER_ON=healthy"));

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isTrue();
    }

    @Test
    void registersWhatItsHealthcheckCallsUnhealthyWithoutClaimingThatItAnswers() {
        loop.engine.put(checked("a", ContainerHealth.UNHEALTHY, "", "SERVICE_REGISTER_ON=healthy"));

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isFalse();
    }

    @Test
    void leavesWhatIsRegisteredAloneWhetherItListensOrNot() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        LoopHarness restarted = new LoopHarness(loop);
        restarted.prober.answer(PUBLISHED, Answer.REFUSES);

        assertThat(restarted.settle().periodicPass().ids()).containsExactly(A);
        assertThat(restarted.registry.writes()).isEmpty();
        assertThat(restarted.prober.asked()).isEmpty();
    }

    @Test
    void forgetsToWaitForWhatIsGone() {
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.change(exited("a", 0));
        loop.settle();
        int asked = loop.prober.asked().size();

        loop.pass(Duration.ofSeconds(10));

        assertThat(loop.prober.asked()).hasSize(asked);
    }

    @Test
    void saysOnceThatTheRegistryHasLostEverythingAndCallsNothingReaped() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_CHECK_DEREGISTER_AFTER=60s"));
        loop.engine.put(running("b"));
        loop.engine.put(running("c"));
        loop.settle();
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        List.copyOf(loop.services().keySet())
                .forEach(id -> loop.registry.inner().deregister(id, any -> true));

        loop.periodicPass();
        loop.pass(Duration.ofMinutes(1));

        assertThat(loop.observer.told)
                .containsOnlyOnce("registry lost 3, is empty")
                .noneMatch(line -> line.startsWith("reaped"));
    }

    @Test
    void tellsTheLossOfItsServicesFromThatOfEverything() {
        loop.registry.inner().register(foreign("vault", "vault"));
        loop.engine.put(running("a"));
        loop.engine.put(running("b"));
        loop.settle();
        loop.registry.inner().deregister(new ServiceId(serviceId("a")), any -> true);
        loop.periodicPass();
        assertThat(loop.observer.told).noneMatch(line -> line.startsWith("registry lost"));

        loop.registry.inner().deregister(new ServiceId(serviceId("a")), any -> true);
        loop.registry.inner().deregister(new ServiceId(serviceId("b")), any -> true);
        loop.periodicPass();
        assertThat(loop.observer.told).containsOnlyOnce("registry lost 2");
    }

    /** It was well, so nobody but a person can have removed it. */
    @Test
    void callsAServiceThatListensNotReaped() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_CHECK_DEREGISTER_AFTER=60s"));
        loop.settle();
        loop.registry.inner().deregister(new ServiceId(A), any -> true);

        assertThat(loop.periodicPass().ids()).containsExactly(A);
        assertThat(loop.observer.told).noneMatch(line -> line.startsWith("reaped"));
    }

    @Test
    void registersAgainWhatTheRegistryReapedOnlyWhenItListens() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_CHECK_DEREGISTER_AFTER=60s"));
        loop.settle();
        loop.prober.answer(PUBLISHED, Answer.REFUSES);
        loop.registry.inner().deregister(new ServiceId(A), any -> true);

        assertThat(loop.periodicPass().ids()).isEmpty();
        assertThat(loop.pass(Duration.ofMinutes(10)).ids()).isEmpty();
        assertThat(loop.observer.told).containsOnlyOnce("reaped " + A);
        loop.prober.answer(PUBLISHED, Answer.ACCEPTS);

        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).containsExactly(A);
    }

    @Test
    void withdrawsWhatIsAskedToStopWhileItStillRuns() {
        loop.engine.put(running("a"));
        loop.settle();

        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.observer.told).contains("draining a 10");
    }

    @Test
    void doesNotWaitForAnInspectToWithdrawIt() {
        loop.engine.put(running("a"));
        loop.settle();

        loop.engine.signal(id("a"), SIGTERM);
        loop.step();

        assertThat(loop.registry.writes()).doesNotContain("-" + A);
        loop.answer();
        assertThat(loop.registry.writes()).contains("-" + A);
    }

    @Test
    void staysWhereAnotherSignalWasSent() {
        loop.engine.put(running("a"));
        loop.settle();

        loop.engine.signal(id("a"), SIGHUP);

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeregisterPolicy.class,
            names = {"ON_SUCCESS", "NEVER"})
    void staysWhereItMayHaveToStayAfterTheEnd(DeregisterPolicy policy) {
        LoopHarness keeping = new LoopHarness(policy, false, false);
        keeping.engine.put(running("a"));
        keeping.settle();

        keeping.engine.signal(id("a"), SIGTERM);

        assertThat(keeping.settle().ids()).containsExactly(A);
    }

    @Test
    void comesBackWhenTheContainerOutlivesItsGracePeriod() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().pass(Duration.ofSeconds(11)).ids()).isEmpty();
        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).containsExactly(A);
        assertThat(loop.observer.told).contains("drained in vain a");
    }

    @Test
    void comesBackWithTheNextRunOfTheContainer() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        loop.settle();

        loop.engine.change(runningSince("a", Instant.EPOCH.plusSeconds(60)));

        assertThat(loop.settle().ids()).containsExactly(A);
    }

    @Test
    void putsIntoMaintenanceWhereThatIsAskedFor() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_DRAIN=maintenance"));
        loop.settle();

        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().service(A).maintenance()).isEqualTo("registrator: container a is being stopped");
        loop.engine.change(exited("a", 0));
        assertThat(loop.settle().ids()).isEmpty();
    }

    @Test
    void staysUntilTheEndWhereDrainingIsOff() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_DRAIN=off"));
        loop.settle();

        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.service(A).maintenance()).isNull();
    }

    @Test
    void handsAnIdOnInOneWriteWhenItsHolderIsAskedToStop() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=shared"));
        loop.engine.put(container("b", ContainerState.RUNNING, 0, "SERVICE_ID=shared"));
        loop.settle();
        int before = loop.registry.writes().size();

        loop.engine.signal(id("a"), SIGTERM);
        loop.settle();

        assertThat(loop.registry.writes().subList(before, loop.registry.writes().size()))
                .containsExactly("+shared");
        assertThat(loop.ids()).containsExactly("shared");
    }

    /** From where we are, the container's own address may be out of reach, and its published one not. */
    @Test
    void asksThePublishedAddressWhereTheContainersOwnIsSilent() {
        loop.prober.answer("172.17.0.2:80", Answer.SILENT);
        loop.engine.put(SnapshotBuilder.running("a")
                .publish(80, 32_768)
                .address("172.17.0.2")
                .build());

        assertThat(loop.settle().ids()).containsExactly(A);
        assertThat(loop.prober.asked()).containsExactly("172.17.0.2:80", PUBLISHED);
        assertThat(loop.registry.condition(A).answers()).isTrue();
    }

    @Test
    void asksBothAddressesAgainWhereNeitherAnswers() {
        loop.prober.answer("172.17.0.2:80", Answer.SILENT);
        loop.prober.answer(PUBLISHED, Answer.SILENT);
        loop.engine.put(SnapshotBuilder.running("a")
                .publish(80, 32_768)
                .address("172.17.0.2")
                .build());
        assertThat(loop.settle().ids()).isEmpty();

        loop.prober.answer("172.17.0.2:80", Answer.ACCEPTS);

        assertThat(loop.pass(loop.untilNextDue()).ids()).containsExactly(A);
        assertThat(loop.registry.condition(A).answers()).isTrue();
    }

    @Test
    void removesAtOnceWhatIsAskedToStopWhereTheRegistryKnowsNoMaintenance() {
        LoopHarness plain = LoopHarness.withoutMaintenance();
        plain.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_DRAIN=maintenance"));
        plain.settle();

        plain.engine.signal(id("a"), SIGTERM);

        assertThat(plain.settle().ids()).isEmpty();
        assertThat(plain.registry.writes()).containsExactly("+" + A, "-" + A);
    }

    @Test
    void removesWhatIsPausedWhereTheRegistryKnowsNoMaintenance() {
        LoopHarness plain = LoopHarness.withoutMaintenance();
        plain.engine.put(running("a"));
        plain.settle();

        plain.engine.change(paused());
        assertThat(plain.settle().periodicPass().ids()).isEmpty();
        plain.engine.change(running("a"));

        assertThat(plain.settle().ids()).containsExactly(A);
        assertThat(plain.registry.writes()).containsExactly("+" + A, "-" + A, "+" + A);
    }

    /** Its clients would go to an address where nobody is any more. */
    @Test
    void removesAnIdWhoseNextContainerIsNotReadyYet() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=shared", "SERVICE_NAME=first"));
        loop.engine.put(container("b", ContainerState.RUNNING, 0, "SERVICE_ID=shared", "SERVICE_NAME=second"));
        loop.settle();
        loop.prober.answer(PUBLISHED, Answer.REFUSES);

        loop.engine.destroy(id("a"));
        assertThat(loop.settle().ids()).isEmpty();
        loop.prober.answer(PUBLISHED, Answer.ACCEPTS);

        assertThat(loop.pass(loop.untilNextDue()).service("shared").name()).isEqualTo("second");
    }

    @Test
    void wakesUpByItselfAtTheEndOfTheGracePeriod() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);

        assertThat(loop.settle().pass(Duration.ofSeconds(11)).untilNextDue()).isEqualTo(Duration.ofSeconds(1));
        assertThat(loop.pass(loop.untilNextDue()).ids()).containsExactly(A);
    }

    @Test
    void waitsAsLongAsTheContainerSaysItMayTakeToStop() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_DRAIN_TIMEOUT=20s"));
        loop.settle();
        loop.engine.signal(id("a"), SIGTERM);
        assertThat(loop.settle().observer.told).contains("draining a 20");

        assertThat(loop.pass(Duration.ofSeconds(21)).ids()).isEmpty();
        assertThat(loop.pass(Duration.ofSeconds(1)).ids()).containsExactly(A);
    }

    @Test
    void keepsAPausedContainerInMaintenance() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.engine.change(paused());
        assertThat(loop.settle().service(A).maintenance()).isEqualTo("registrator: container a is paused");
        LoopHarness restarted = new LoopHarness(loop);
        assertThat(restarted.settle().service(A).maintenance()).isNotNull();
        assertThat(restarted.registry.writes()).isEmpty();

        loop.engine.change(running("a"));

        assertThat(loop.settle().service(A).maintenance()).isNull();
        assertThat(loop.registry.writes()).endsWith(">" + A, "<" + A);
    }

    @Test
    void leavesTheMaintenanceOfAnOperatorAlone() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.inner().maintain(LoopHarness.definition("a"), "disk change", any -> true);

        loop.periodicPass().engine.change(paused());
        loop.settle().engine.change(running("a"));

        assertThat(loop.settle().service(A).maintenance()).isEqualTo("disk change");
    }

    @Test
    void leavesTheMaintenanceAloneThatAnOperatorHasJustBegun() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.inner().maintain(LoopHarness.definition("a"), "disk change", any -> true);

        loop.engine.change(paused());
        loop.settle().engine.change(running("a"));

        assertThat(loop.settle().pass(Duration.ofSeconds(2)).service(A).maintenance())
                .isEqualTo("disk change");
        assertThat(loop.periodicPass().service(A).maintenance()).isEqualTo("disk change");
    }

    @Test
    void registersTheNewNameBeforeItRemovesTheOldOne() {
        loop.engine.put(running("a"));
        loop.settle();
        ContainerSnapshot renamed = LoopHarness.renamed(running("a"), "b");

        loop.engine.change(renamed);
        loop.settle();

        assertThat(loop.registry.writes()).endsWith("+" + serviceId("b"), "-" + A);
        assertThat(loop.ids()).containsExactly(serviceId("b"));
    }

    @Test
    void removesTheOldNameEvenWhereTheNewOneIsRefused() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.fail(serviceId("b"), new Failure.Rejected(400, "no"));

        loop.engine.change(LoopHarness.renamed(running("a"), "b"));

        assertThat(loop.settle().ids()).isEmpty();
    }

    @Test
    void tellsTheMirroredHealthAtOnceWhenItChanges() {
        loop.engine.put(checked("a", ContainerHealth.STARTING, "", "SERVICE_DOCKER_HEALTH=mirror"));
        loop.settle();
        assertThat(loop.registry.condition(A).health().status()).isEqualTo(CheckStatus.WARNING);

        loop.engine.change(checked("a", ContainerHealth.UNHEALTHY, "no answer", "SERVICE_DOCKER_HEALTH=mirror"));
        loop.settle();

        assertThat(loop.registry.condition(A).health().status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(loop.registry.condition(A).health().output()).isEqualTo("no answer");
        assertThat(loop.registry.heartbeats()).containsExactly(A, A);
    }

    private static ContainerSnapshot paused() {
        return container("a", ContainerState.PAUSED, 0, "SERVICE_NAME=a");
    }
}
