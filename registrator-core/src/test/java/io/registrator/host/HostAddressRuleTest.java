package io.registrator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostAddressRuleTest {
    private static final ImmutableSet<InetAddress> GATEWAYS = ImmutableSet.of(ip("172.17.0.1"));

    private ImmutableList<InetAddress> resolved = ImmutableList.of();
    private ImmutableSet<InetAddress> own = ImmutableSet.of(ip("127.0.0.1"), ip("10.0.0.5"), ip("172.17.0.1"));
    private Optional<InetAddress> route = Optional.of(ip("10.0.0.5"));
    private Optional<String> advertised = Optional.of("10.0.0.6");

    @Test
    void takesWhatTheNodesNameResolvesTo() {
        resolved = ips("10.0.0.7");

        assertThat(found().address()).isEqualTo("10.0.0.7");
        assertThat(found().source()).contains("node-1");
    }

    @Test
    void prefersIpv4OfTheName() {
        resolved = ips("2001:db8::7", "10.0.0.7");

        assertThat(found().address()).isEqualTo("10.0.0.7");
    }

    @Test
    void takesIpv6OfTheNameWhereThatIsAll() {
        resolved = ips("fe80::7", "2001:db8::7");

        assertThat(found().address()).isEqualTo("2001:db8::7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.1.1", "::1", "0.0.0.0", "::", "169.254.7.7", "fe80::7", "224.0.0.1"})
    void passesOverANameThatNobodyElseCouldReach(String address) {
        resolved = ips(address);

        assertThat(found().address()).isEqualTo("10.0.0.5");
        assertThat(found().source()).contains("default route");
    }

    @Test
    void takesTheAgentsAddressWithoutARoute() {
        route = Optional.empty();

        assertThat(found().address()).isEqualTo("10.0.0.6");
        assertThat(found().source()).contains("agent");
    }

    @Test
    void passesOverARouteOfItsOwnNetworkNamespace() {
        own = ImmutableSet.of(ip("172.17.0.3"));
        route = Optional.of(ip("172.17.0.3"));

        assertThat(found().address()).isEqualTo("10.0.0.6");
    }

    @Test
    void passesOverTheContainersOwnAddressUnderTheHostsName() {
        own = ImmutableSet.of(ip("172.17.0.3"));
        resolved = ips("172.17.0.3");

        assertThat(found().address()).isEqualTo("10.0.0.6");
    }

    @Test
    void takesItsOwnAddressUnderTheHostsNameWhereNoBridgeTellsOtherwise() {
        resolved = ips("10.0.0.5");

        assertThat(success(find(ImmutableSet.of())).address()).isEqualTo("10.0.0.5");
    }

    @Test
    void passesOverTheRouteWhereNoBridgeTellsThatItIsTheHosts() {
        assertThat(success(find(ImmutableSet.of())).address()).isEqualTo("10.0.0.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "node-1", ""})
    void saysToPassAnAddressWhereNoneIsFound(String useless) {
        route = Optional.empty();
        advertised = Optional.of(useless);

        assertThat(find(GATEWAYS))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure().message()).contains("pass -ip", "node-1"));
    }

    @Test
    void asksTheAgentOnlyWhenNeeded() {
        resolved = ips("10.0.0.7");
        var outcome = new HostAddressRule(network()).find("node-1", GATEWAYS, () -> {
            throw new AssertionError("asked");
        });

        assertThat(success(outcome).address()).isEqualTo("10.0.0.7");
    }

    private HostAddress found() {
        return success(find(GATEWAYS));
    }

    private Outcome<HostAddress> find(ImmutableSet<InetAddress> gateways) {
        return new HostAddressRule(network()).find("node-1", gateways, () -> advertised);
    }

    private static HostAddress success(Outcome<HostAddress> outcome) {
        return switch (outcome) {
            case Outcome.Success<HostAddress>(var address) -> address;
            case Outcome.Failed<HostAddress>(Failure failure) -> throw new AssertionError(failure.message());
        };
    }

    private HostNetwork network() {
        return new HostNetwork() {
            @Override
            public ImmutableList<InetAddress> resolve(String name) {
                return resolved;
            }

            @Override
            public ImmutableSet<InetAddress> ownAddresses() {
                return own;
            }

            @Override
            public Optional<InetAddress> defaultRouteSource() {
                return route;
            }
        };
    }

    private static ImmutableList<InetAddress> ips(String... addresses) {
        return Stream.of(addresses).map(HostAddressRuleTest::ip).collect(ImmutableList.toImmutableList());
    }

    private static InetAddress ip(String address) {
        return InetAddresses.forString(address);
    }
}
