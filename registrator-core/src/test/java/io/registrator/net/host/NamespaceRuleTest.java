package io.registrator.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.net.InetAddresses;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkMode;
import io.registrator.model.Outcome;
import io.registrator.model.StopPolicy;
import io.registrator.net.host.Namespace.Kind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NamespaceRuleTest {
    private static final String ID = "a1d3da899deb9862131ca6b22244975826bdf08612aa7ce5997f57e8ce4f35d1";
    private static final Path SOCKET = Path.of("/run/engine.sock");
    private static final Failure SILENT = new Failure.Transient("did not answer within 10 s");
    private static final Failure REFUSED = new Failure.Rejected(403, "the Docker engine answered 403: Forbidden");

    // A process beside the engine, whose default bridge is not up.
    private @Nullable String container;
    private boolean marked;
    private String hostName = "web1";
    private boolean openedHere = true;
    private ImmutableSet<InetAddress> own = ImmutableSet.of(ip("10.0.0.5"));
    private String engineName = "web1";
    private @Nullable Path socket = SOCKET;
    private final Map<String, String> networkModes = new HashMap<>();
    private @Nullable Failure inspectFails;
    private Outcome<ImmutableSet<InetAddress>> gateways = Outcome.success(ImmutableSet.of(ip("10.88.0.1")));

    @Test
    void isTheHostsWhereTheEnginesSocketWasOpenedInIt() {
        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void needsNoAnswerOfTheEngineForThat() {
        gateways = Outcome.failed(REFUSED);

        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void isTheHostsWhereTheEnginesBridgeIs() {
        socket = null;
        own = ImmutableSet.of(ip("10.0.0.5"), ip("10.88.0.1"));

        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void isUnknownWhereNeitherIsSeen() {
        openedHere = false;

        assertThat(found().kind()).isEqualTo(Kind.UNKNOWN);
    }

    /** A socket that was forwarded from another machine, which has a default bridge as this one has. */
    @Test
    void isNotTheHostsWhereTheEnginesHostHasAnotherName() {
        engineName = "far-away";
        own = ImmutableSet.of(ip("10.88.0.1"));

        assertThat(found().kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(found().because()).contains("far-away", "web1");
    }

    @Test
    void goesByTheRestWhereNobodyKnowsTheNameHere() {
        hostName = "";

        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void isTheHostsInAContainerOnTheHostsNetworkWhateverItIsCalled() {
        inContainer("host");
        hostName = "other";

        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void isTheContainersOnABridgeThoughItHasTheHostsName() {
        inContainer("examples_default");

        assertThat(found().kind()).isEqualTo(Kind.CONTAINER);
    }

    @Test
    void followsASharedNetworkToItsHolder() {
        inContainer("container:holder");
        networkModes.put("holder", "host");

        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void endsInACircleOfSharedNetworks() {
        inContainer("container:" + ID);
        openedHere = false;

        assertThat(found().kind()).isEqualTo(Kind.CONTAINER);
    }

    /** An engine in a container, and we beside it. */
    @Test
    void goesByTheRestInAContainerOfAnotherEngine() {
        container = ID;

        assertThat(found().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void isAContainersInAContainerOfAnotherEngineWhereNothingIsSeen() {
        container = ID;
        openedHere = false;

        assertThat(found().kind()).isEqualTo(Kind.CONTAINER);
    }

    @Test
    void isAContainersWhereAnEngineHasMarkedIt() {
        marked = true;
        openedHere = false;

        assertThat(found().kind()).isEqualTo(Kind.CONTAINER);
    }

    @Test
    void isNotGuessedWhileTheEngineIsSilent() {
        openedHere = false;
        gateways = Outcome.failed(SILENT);

        assertThat(rule().find()).isEqualTo(Outcome.failed(SILENT));
    }

    @Test
    void namesWhatHasToBeAllowed() {
        openedHere = false;
        gateways = Outcome.failed(REFUSED);

        assertThat(rule().find())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure().message())
                                .contains("403", "GET /networks/bridge", "has to be allowed"));
    }

    @Test
    void isNotGuessedWhileTheEngineIsSilentAboutOurContainer() {
        inContainer("host");
        inspectFails = SILENT;

        assertThat(rule().find()).isEqualTo(Outcome.failed(SILENT));
    }

    private void inContainer(String networkMode) {
        container = ID;
        marked = true;
        openedHere = false;
        networkModes.put(ID, networkMode);
    }

    private Namespace found() {
        return ((Outcome.Success<Namespace>) rule().find()).value();
    }

    private NamespaceRule rule() {
        return new NamespaceRule(process(), network(), engine());
    }

    private OwnProcess process() {
        return new OwnProcess() {
            @Override
            public Optional<ContainerId> container() {
                return Optional.ofNullable(container).map(ContainerId::new);
            }

            @Override
            public boolean isMarkedAsContainer() {
                return marked;
            }

            @Override
            public String hostName() {
                return hostName;
            }

            @Override
            public boolean isOpenedHere(Path path) {
                return openedHere && path.equals(SOCKET);
            }
        };
    }

    private EngineEvidence engine() {
        return new EngineEvidence() {
            @Override
            public String hostName() {
                return engineName;
            }

            @Override
            public @Nullable Path socket() {
                return socket;
            }

            @Override
            public Outcome<Optional<ContainerSnapshot>> container(ContainerId id) {
                return inspectFails == null
                        ? Outcome.success(Optional.ofNullable(networkModes.get(id.value()))
                                .map(mode -> snapshot(id, mode)))
                        : Outcome.failed(inspectFails);
            }

            @Override
            public Outcome<ImmutableSet<InetAddress>> bridgeGateways() {
                return gateways;
            }
        };
    }

    private HostNetwork network() {
        return new HostNetwork() {
            @Override
            public Resolved resolve(String name) {
                throw new AssertionError("asked for a name");
            }

            @Override
            public ImmutableSet<InetAddress> ownAddresses() {
                return own;
            }

            @Override
            public boolean isNeighbour(InetAddress address) {
                throw new AssertionError("asked for neighbours");
            }

            @Override
            public ImmutableList<InetAddress> defaultRouteSources() {
                throw new AssertionError("asked for a route");
            }
        };
    }

    private static ContainerSnapshot snapshot(ContainerId id, String networkMode) {
        return new ContainerSnapshot(
                id,
                "registrator",
                "registrator",
                Instant.EPOCH,
                Instant.EPOCH,
                ContainerState.RUNNING,
                0,
                HealthReport.NONE,
                StopPolicy.DEFAULT,
                ImmutableList.of(),
                ImmutableMap.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedMap.of(),
                new NetworkMode(networkMode),
                ImmutableSortedMap.of());
    }

    private static InetAddress ip(String address) {
        return InetAddresses.forString(address);
    }
}
