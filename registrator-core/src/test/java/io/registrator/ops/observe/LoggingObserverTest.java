package io.registrator.ops.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Failure;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import io.registrator.plan.Decision;
import io.registrator.plan.Decision.Deregister;
import io.registrator.plan.Decision.Register;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingObserverTest {
    private static final Failure AWAY = new Failure.Transient("connection refused");
    private static final ServiceDefinition WEB = new ServiceDefinition(
            new ServiceId("node-1:web:80"),
            "web",
            ImmutableList.of(),
            "10.0.0.1",
            32768,
            ImmutableSortedMap.of(),
            ImmutableSortedMap.of(
                    "registrator-owner", "node-1", "registrator-container", "c0ffee", "registrator-hash", "abc"),
            ImmutableList.of(),
            Weights.DEFAULT,
            false,
            null,
            new ContainerRef(new ContainerId("c0ffee"), "web"));
    private static final Decision.Action REGISTER = new Register(WEB, Register.Why.MISSING);

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.registrator");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final LoggingObserver observer = new LoggingObserver();

    @Test
    void saysIncidentsOfTheRegistryInOneLineEach() {
        observer.registryLostServices(3, true);
        observer.registryLostServices(2, false);
        observer.nodeRenamed("old", 2, 1);
        observer.leftRegistered(1240);

        assertThat(written.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "registry came back empty; 3 services missing, registering them again",
                        "registry has none of our services any more; 2 services missing, registering them again",
                        "node was old before: 2 of its services taken over; 1 stay, which are not of containers that run"
                                + " here (registrator purge -node-id old removes them)",
                        "ended with 1240 of our services still registered; registrator purge removes them");
    }

    @BeforeEach
    void listen() {
        written.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(written);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(written);
        logger.setLevel(null);
    }

    @Test
    void tellsTheFirstFailureAndEveryTenth() {
        for (int attempt = 1; attempt <= 25; attempt++) {
            observer.writeFailed(REGISTER, AWAY, attempt);
        }

        assertThat(lines(Level.WARN)).hasSize(3).allMatch(line -> line.contains("node-1:web:80 for web (c0ffee)"));
    }

    @Test
    void tellsThatAFailureIsOver() {
        observer.writeFailed(REGISTER, AWAY, 1);
        observer.applied(REGISTER, Duration.ofMillis(3));

        assertThat(lines(Level.INFO))
                .containsExactly("registered   node-1:web:80 web at 10.0.0.1:32768 for web (c0ffee), missing,"
                        + " after failures, 3 ms");
    }

    @Test
    void namesTheContainerOfWhatItRemoves() {
        observer.applied(new Deregister(WEB.asObserved(), Deregister.Why.STALE), Duration.ofMillis(3));

        assertThat(lines(Level.INFO))
                .containsExactly("deregistered node-1:web:80 web at 10.0.0.1:32768 for container c0ffee, stale, 3 ms");
    }

    @Test
    void tellsARefusalAsAnError() {
        observer.writeFailed(REGISTER, new Failure.Rejected(400, "Invalid Service Meta"), 1);

        assertThat(lines(Level.ERROR)).singleElement().asString().contains("400", "Invalid Service Meta");
    }

    @Test
    void remembersNothingOfContainersThatAreGone() {
        ContainerId id = WEB.container().id();
        observer.inspectFailed(id, AWAY, 1);
        observer.writeFailed(REGISTER, AWAY, 1);
        observer.forgotten(id);
        assertThat(observer.remembered()).isZero();

        observer.writeFailed(new Deregister(WEB.asObserved(), Deregister.Why.STALE), AWAY, 1);
        observer.passCompleted(new PassSummary(0, 0, 0));
        assertThat(observer.remembered()).isZero();
    }

    @Test
    void tellsHowLongAPeerWasAway() {
        observer.peerUp(Peer.ENGINE, Duration.ZERO);
        observer.peerDown(Peer.ENGINE, new PeerFault.NoAnswer(AWAY));
        observer.peerUp(Peer.ENGINE, Duration.ofMillis(42_345));
        observer.peerDown(Peer.REGISTRY, new PeerFault.NoAnswer(AWAY));
        observer.peerUp(Peer.REGISTRY, Duration.ofMillis(250));

        assertThat(lines(Level.WARN))
                .containsExactly(
                        "engine does not answer; services stay as they are until it does: connection refused",
                        "registry does not answer; changes wait until it does: connection refused");
        assertThat(lines(Level.INFO))
                .containsExactly(
                        "listening to the engine's events",
                        "engine answers again after 42 s",
                        "registry answers again after 0.3 s");
    }

    @Test
    void doesNotSayOfAStreamThatEndsThatTheEngineDoesNotAnswer() {
        observer.peerDown(Peer.ENGINE, new PeerFault.StreamEnded(AWAY));
        observer.peerStillDown(Peer.ENGINE, new PeerFault.StreamSilent());

        assertThat(lines(Level.WARN))
                .containsExactly(
                        "engine ended its event stream; listening anew: connection refused",
                        "engine told nothing of containers that have changed; listening anew");
    }

    @Test
    void saysOfAKillThatItWasOne() {
        observer.killed(WEB.container());

        assertThat(lines(Level.INFO)).containsExactly("killed       web (c0ffee)");
    }

    @Test
    void countsWhatThereIs() {
        observer.passCompleted(new PassSummary(2, 1, 0));

        assertThat(lines(Level.INFO)).containsExactly("ready: 2 containers, 1 service");
    }

    private List<String> lines(Level level) {
        return written.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
