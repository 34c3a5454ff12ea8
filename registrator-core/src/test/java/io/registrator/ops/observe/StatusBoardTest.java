package io.registrator.ops.observe;

import static io.registrator.ops.observe.Occurrences.WEB;
import static io.registrator.ops.observe.Occurrences.deregister;
import static io.registrator.ops.observe.Occurrences.derivation;
import static io.registrator.ops.observe.Occurrences.listing;
import static io.registrator.ops.observe.Occurrences.register;
import static io.registrator.ops.observe.Occurrences.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.IdClaim;
import io.registrator.derive.IdConflict;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.Ownership;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
    private static final Failure AWAY = new Failure.Transient("connection refused");
    private static final Duration TOOK = Duration.ofMillis(3);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = Long.MAX_VALUE - 1;
    private final StatusBoard board = new StatusBoard(() -> now, () -> nanos);

    @Test
    void showsAServiceFromItsContainerToItsEnd() {
        board.derived(derivation(WEB, "n:web:80"));
        assertThat(onlyService().state()).isEqualTo(ServiceState.PENDING);

        board.applied(register("n:web:80"), TOOK);
        assertThat(onlyService().state()).isEqualTo(ServiceState.REGISTERED);
        assertThat(onlyService().port()).isEqualTo(ContainerPort.tcp(80));

        board.forgotten(WEB.id());
        assertThat(onlyService().state()).isEqualTo(ServiceState.REMOVING);
        assertThat(onlyContainer().gone()).isTrue();
        assertThat(onlyContainer().container()).isEqualTo(WEB);

        board.applied(deregister("n:web:80"), TOOK);
        assertThat(board.snapshot().containers()).isEmpty();
    }

    @Test
    void showsWhatARestartFoundInPlace() {
        board.derived(derivation(WEB, "n:web:80"));
        board.inSync(service(WEB, "n:web:80"));

        assertThat(onlyService().state()).isEqualTo(ServiceState.REGISTERED);
        assertThat(board.snapshot().journal()).isEmpty();
    }

    @Test
    void tellsRefusedFromFailing() {
        board.derived(derivation(WEB, "n:web:80"));

        board.writeFailed(register("n:web:80"), AWAY, 1);
        assertThat(onlyService().state()).isEqualTo(ServiceState.FAILING);
        board.writeFailed(register("n:web:80"), new Failure.Rejected(400, "bad check"), 2);
        assertThat(onlyService().state()).isEqualTo(ServiceState.REJECTED);
        assertThat(onlyService().why()).isEqualTo("bad check");
    }

    @Test
    void showsAConflictAndItsEnd() {
        var definition = service(WEB, "n:web:80");
        board.derived(derivation(WEB, "n:web:80"));

        board.conflict(new Decision.Conflict(definition, definition.asObserved(), new Ownership.Foreign()));
        assertThat(onlyService().state()).isEqualTo(ServiceState.CONFLICT);
        assertThat(onlyService().why()).contains("somebody else", "SERVICE_ID");
        board.applied(register("n:web:80"), TOOK);
        assertThat(onlyService().state()).isEqualTo(ServiceState.REGISTERED);
    }

    @Test
    void showsThatAServiceWaitsUntilItListens() {
        board.derived(derivation(WEB, "n:web:80"));
        board.waiting(service(WEB, "n:web:80"), "10.0.0.1:80 to accept connections");
        board.left(new Decision.LeaveAlone(new ServiceId("n:web:80"), Decision.LeaveAlone.Why.ABSENT));
        assertThat(onlyService().state()).isEqualTo(ServiceState.WAITING);

        board.applied(register("n:web:80"), TOOK);
        assertThat(onlyService().state()).isEqualTo(ServiceState.REGISTERED);
    }

    @Test
    void showsHowAContainerIsDrainedUntilItIsGone() {
        board.derived(derivation(WEB, "n:web:80"));
        board.applied(register("n:web:80"), TOOK);
        board.draining(WEB, Duration.ofSeconds(10));
        assertThat(onlyService().state()).isEqualTo(ServiceState.DRAINING);

        board.applied(deregister("n:web:80"), TOOK);
        assertThat(onlyService().state()).isEqualTo(ServiceState.DRAINING);
        board.derived(derivation(WEB));
        assertThat(onlyContainer().services()).isEmpty();
    }

    @Test
    void showsThatAServiceComesBackWhoseContainerDidNotStop() {
        board.derived(derivation(WEB, "n:web:80"));
        board.applied(register("n:web:80"), TOOK);
        board.draining(WEB, Duration.ofSeconds(10));
        board.applied(deregister("n:web:80"), TOOK);

        board.drainedInVain(WEB);
        board.applied(register("n:web:80"), TOOK);
        assertThat(onlyService().state()).isEqualTo(ServiceState.REGISTERED);
    }

    @Test
    void showsMaintenanceUntilItIsOver() {
        var definition = service(WEB, "n:web:80");
        board.derived(derivation(WEB, "n:web:80"));
        board.applied(register("n:web:80"), TOOK);

        board.applied(new Decision.Maintain(definition, "container web is paused"), TOOK);
        board.inSync(definition);
        assertThat(onlyService().state()).isEqualTo(ServiceState.MAINTENANCE);
        assertThat(onlyService().why()).isEqualTo("container web is paused");
        board.applied(new Decision.Maintain(definition, null), TOOK);
        assertThat(onlyService().state()).isEqualTo(ServiceState.REGISTERED);
    }

    @Test
    void forgetsWhatNeitherAContainerNorTheRegistryHas() {
        board.derived(derivation(WEB, "n:web:80"));
        board.applied(register("n:web:80"), TOOK);
        board.forgotten(WEB.id());

        board.registryListed(listing());
        assertThat(board.snapshot().containers()).isEmpty();
    }

    @Test
    void showsWhichOfTwoContainersHoldsAnId() {
        ContainerRef other = new ContainerRef(new ContainerId("decade"), "other");
        board.derived(derivation(WEB, "shared"));
        board.derived(derivation(other, "shared"));
        board.claimedTwice(new IdConflict(
                new ServiceId("shared"),
                new IdClaim(WEB, ContainerPort.tcp(80)),
                ImmutableList.of(new IdClaim(other, ContainerPort.tcp(80)))));
        board.applied(register("shared"), TOOK);

        assertThat(serviceOf(WEB.id()).state()).isEqualTo(ServiceState.REGISTERED);
        assertThat(serviceOf(other.id()).state()).isEqualTo(ServiceState.CONFLICT);

        board.forgotten(WEB.id());
        assertThat(serviceOf(other.id()).state()).isEqualTo(ServiceState.PENDING);
    }

    @Test
    void showsWhatStaysAfterItsContainerHasStopped() {
        board.registryListed(listing(service(WEB, "n:web:80")));
        board.derived(derivation(WEB, "n:web:80"));
        board.derived(derivation(WEB));
        board.left(new Decision.LeaveAlone(new ServiceId("n:web:80"), Decision.LeaveAlone.Why.KEPT_BY_POLICY));

        assertThat(onlyService().state()).isEqualTo(ServiceState.KEPT);
        assertThat(onlyContainer().gone()).isFalse();
    }

    @Test
    void journalTellsBeforeAndAfter() {
        board.registryListed(listing(service(WEB, "n:web:80")));
        board.applied(new Decision.Register(service(WEB, "n:web:80"), Decision.Register.Why.CHANGED), TOOK);

        JournalEntry entry = board.snapshot().journal().getLast();
        assertThat(entry.action()).isEqualTo("registered");
        assertThat(entry.why()).isEqualTo("changed");
        assertThat(entry.container()).isEqualTo("web (c0ffee)");
        assertThat(entry.before()).isEqualTo("web at 10.0.0.1:32768");
        assertThat(entry.after()).isEqualTo("web at 10.0.0.1:32768");
    }

    @Test
    void journalForgetsTheOldestAndCountsOn() {
        for (int i = 0; i < Journal.LONGEST + 5; i++) {
            board.contested(new ServiceId("n:web:80"));
        }

        List<JournalEntry> journal = board.snapshot().journal();
        assertThat(journal).hasSize(Journal.LONGEST);
        assertThat(journal.getFirst().number()).isEqualTo(6);
    }

    @Test
    void journalTellsTheFirstFailureAndEveryTenth() {
        for (int attempt = 1; attempt <= 25; attempt++) {
            board.writeFailed(register("n:web:80"), AWAY, attempt);
        }

        assertThat(board.snapshot().journal()).hasSize(3);
    }

    @Test
    void tellsTheBeginningAndTheEndOfAnOutageInItsJournal() {
        board.peerUp(Peer.ENGINE, Duration.ZERO);
        board.peerDown(Peer.ENGINE, new PeerFault.NoAnswer(AWAY));
        assertThat(board.snapshot().engine().answers()).isFalse();
        board.peerStillDown(Peer.ENGINE, new PeerFault.NoAnswer(new Failure.Transient("no such file")));
        assertThat(board.snapshot().engine().lastError()).isEqualTo("no such file");

        board.peerUp(Peer.ENGINE, Duration.ofSeconds(42));
        assertThat(board.snapshot().engine().answers()).isTrue();
        assertThat(board.snapshot().engine().losses()).isEqualTo(1);
        assertThat(board.snapshot().journal().stream().map(entry -> entry.action() + ": " + entry.why()))
                .containsExactly(
                        "engine connected: it answers",
                        "engine lost: connection refused",
                        "engine still lost: no such file",
                        "engine connected: it answers again after 42 s");
    }

    @Test
    void isReadyAfterAFullPassWhilePeersAnswerAndPassesGoOn() {
        Readiness readiness = new Readiness(Duration.ofSeconds(30), () -> nanos);
        assertThat(readiness.missing(board.snapshot())).hasSize(3);

        board.peerUp(Peer.ENGINE, Duration.ZERO);
        board.peerUp(Peer.REGISTRY, Duration.ZERO);
        assertThat(readiness.missing(board.snapshot())).containsExactly("the first full pass is not over yet");
        board.passCompleted(new PassSummary(1, 1, 0));
        assertThat(readiness.missing(board.snapshot())).isEmpty();

        board.peerDown(Peer.REGISTRY, new PeerFault.NoAnswer(AWAY));
        assertThat(readiness.missing(board.snapshot()))
                .containsExactly("the registry does not answer: connection refused");
        board.peerUp(Peer.REGISTRY, Duration.ZERO);
        assertThat(readiness.missing(board.snapshot())).isEmpty();
        nanos += Duration.ofSeconds(600).toNanos();
        assertThat(readiness.missing(board.snapshot()))
                .singleElement()
                .asString()
                .contains("no full pass");
    }

    /** Somebody sets the clock of the machine: the time of day has jumped, and no time has passed. */
    @Test
    void measuresNoDurationByTheTimeOfDay() {
        Readiness readiness = new Readiness(Duration.ofSeconds(30), () -> nanos);
        board.peerUp(Peer.ENGINE, Duration.ZERO);
        board.peerUp(Peer.REGISTRY, Duration.ZERO);
        board.passStarted();
        now = now.minusSeconds(86_400);
        nanos += Duration.ofMillis(7).toNanos();
        board.passCompleted(new PassSummary(1, 1, 0));
        now = now.plusSeconds(2 * 86_400);

        assertThat(board.snapshot().passes().lastTook()).isEqualTo(Duration.ofMillis(7));
        assertThat(readiness.missing(board.snapshot())).isEmpty();
    }

    @Test
    void wakesWhoWaitsForSomethingNewer() throws InterruptedException {
        long version = board.snapshot().version();
        Thread loop = Thread.ofVirtual().start(() -> board.peerUp(Peer.ENGINE, Duration.ZERO));

        board.awaitNewer(version, Duration.ofMinutes(1));

        assertThat(board.snapshot().version()).isGreaterThan(version);
        loop.join();
    }

    private ContainerStatus onlyContainer() {
        assertThat(board.snapshot().containers()).hasSize(1);
        return board.snapshot().containers().values().iterator().next();
    }

    private ServiceStatus onlyService() {
        assertThat(onlyContainer().services()).hasSize(1);
        return onlyContainer().services().getFirst();
    }

    private ServiceStatus serviceOf(ContainerId container) {
        return Objects.requireNonNull(board.snapshot().containers().get(container))
                .services()
                .getFirst();
    }
}
