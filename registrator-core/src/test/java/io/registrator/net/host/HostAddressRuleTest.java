package io.registrator.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import io.registrator.model.Failure;
import io.registrator.model.HostAddress;
import io.registrator.model.Outcome;
import io.registrator.net.host.Namespace.Kind;
import java.net.InetAddress;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostAddressRuleTest {
    private ImmutableList<InetAddress> resolved = ImmutableList.of();
    private String trouble = "Name or service not known";
    private ImmutableSet<InetAddress> own = ImmutableSet.of(ip("127.0.0.1"), ip("10.0.0.5"), ip("172.17.0.1"));
    private ImmutableSet<InetAddress> neighbours = ImmutableSet.of();
    private ImmutableList<InetAddress> route = ips("10.0.0.5");
    private Supplier<Outcome<Namespace>> namespace = here(Kind.HOST);
    private Supplier<Outcome<String>> agent = () -> Outcome.success("10.0.0.6");
    private final HostAddressRule rule = rule(() -> agent.get());

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
        route = ImmutableList.of();

        assertThat(found().address()).isEqualTo("10.0.0.6");
        assertThat(found().source()).contains("agent");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTAINER", "UNKNOWN"})
    void passesOverARouteThatMayNotBeTheHosts(Kind kind) {
        namespace = here(kind);

        assertThat(found().address()).isEqualTo("10.0.0.6");
    }

    @Test
    void passesOverTheContainersOwnAddressUnderTheHostsName() {
        own = ImmutableSet.of(ip("172.17.0.3"));
        resolved = ips("172.17.0.3");
        namespace = here(Kind.CONTAINER);

        assertThat(found().address()).isEqualTo("10.0.0.6");
    }

    @Test
    void takesAnotherAddressOfTheNameThanTheContainersOwn() {
        own = ImmutableSet.of(ip("172.17.0.3"));
        resolved = ips("172.17.0.3", "2001:db8::7");
        namespace = here(Kind.CONTAINER);

        assertThat(found().address()).isEqualTo("2001:db8::7");
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST", "UNKNOWN"})
    void takesItsOwnAddressUnderTheHostsNameOutsideOfContainers(Kind kind) {
        resolved = ips("10.0.0.5");
        namespace = here(kind);

        assertThat(found().address()).isEqualTo("10.0.0.5");
    }

    @Test
    void passesOverTheAddressOfAnAgentInTheNextContainer() {
        namespace = here(Kind.CONTAINER);
        neighbours = ImmutableSet.of(ip("10.0.0.6"));

        assertThat(notFound()).contains("10.0.0.6, on this container's network");
    }

    @Test
    void takesTheAddressOfAnAgentInTheHostsOwnNetwork() {
        route = ImmutableList.of();
        neighbours = ImmutableSet.of(ip("10.0.0.6"));

        assertThat(found().address()).isEqualTo("10.0.0.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "node-1", ""})
    void saysWhatItAskedAndWhatItGot(String useless) {
        route = ImmutableList.of();
        agent = () -> Outcome.success(useless);

        assertThat(notFound())
                .contains(
                        "the name 'node-1' → Name or service not known",
                        "the default route → none",
                        "the agent's advertised address → " + (useless.isEmpty() ? "none" : useless));
    }

    @Test
    void saysWhyItDidNotAskForTheRoute() {
        namespace = here(Kind.CONTAINER);
        agent = () -> Outcome.success("127.0.0.1");

        assertThat(notFound()).contains("the default route → not asked", "evidence");
    }

    @Test
    void saysNothingOfAnAgentWhereThereIsNone() {
        route = ImmutableList.of();

        HostAddress found = rule(null).find();

        assertThat(found).isInstanceOf(HostAddress.NotFound.class);
        assertThat(found.text()).doesNotContain("agent").contains("the default route → none");
    }

    @Test
    void waitsForWhoDoesNotAnswerWhereWeAre() {
        namespace = () -> Outcome.failed(new Failure.Transient("the engine did not answer within 10 s"));

        assertThat(rule.find())
                .isInstanceOfSatisfying(
                        HostAddress.Awaited.class,
                        awaited -> assertThat(awaited.why())
                                .contains("the engine did not answer")
                                .doesNotContain("the default route")
                                .doesNotContain("advertise"));
    }

    @Test
    void namesARefusalAndGuessesNothing() {
        namespace = () -> Outcome.failed(new Failure.Rejected(403, "403 to GET /networks/bridge"));

        assertThat(notFound()).contains("403 to GET /networks/bridge").doesNotContain("advertise");
    }

    @Test
    void waitsForAnAgentThatDoesNotAnswer() {
        route = ImmutableList.of();
        agent = () -> Outcome.failed(new Failure.Transient("connection refused"));

        assertThat(rule.find())
                .isInstanceOfSatisfying(
                        HostAddress.Awaited.class,
                        awaited -> assertThat(awaited.why()).contains("connection refused"));
    }

    @Test
    void asksNobodyElseWhenTheNameSaysIt() {
        resolved = ips("10.0.0.7");
        namespace = () -> {
            throw new AssertionError("asked the engine");
        };
        agent = () -> {
            throw new AssertionError("asked the agent");
        };

        assertThat(found().address()).isEqualTo("10.0.0.7");
    }

    @Test
    void staysWithItsAddressWhileTheNameHasIt() {
        resolved = ips("10.0.0.7", "10.0.0.8");
        assertThat(found().address()).isEqualTo("10.0.0.7");

        resolved = ips("10.0.0.8", "10.0.0.7");

        assertThat(found().address()).isEqualTo("10.0.0.7");
    }

    @Test
    void followsTheName() {
        resolved = ips("10.0.0.7");
        assertThat(found().address()).isEqualTo("10.0.0.7");

        resolved = ips("10.0.0.8");

        assertThat(found().address()).isEqualTo("10.0.0.8");
    }

    @Test
    void staysWithTheNamesAddressWhileTheResolverIsAway() {
        resolved = ips("10.0.0.7");
        assertThat(found().address()).isEqualTo("10.0.0.7");

        resolved = ImmutableList.of();
        trouble = "Temporary failure in name resolution";

        assertThat(found()).isEqualTo(new HostAddress.Known("10.0.0.7", "what the name node-1 resolves to"));
    }

    @Test
    void followsTheRouteOnceTheNamesAddressHasLeftTheHost() {
        resolved = ips("10.0.0.5");
        assertThat(found().address()).isEqualTo("10.0.0.5");

        resolved = ImmutableList.of();
        own = ImmutableSet.of(ip("10.0.0.9"));
        route = ips("10.0.0.9");

        assertThat(found().address()).isEqualTo("10.0.0.9");
    }

    @Test
    void followsTheRoute() {
        assertThat(found().address()).isEqualTo("10.0.0.5");

        route = ips("10.0.0.9");

        assertThat(found().address()).isEqualTo("10.0.0.9");
    }

    @Test
    void doesNotGoFromIpv4ToIpv6WhileItsAddressIsThere() {
        assertThat(found().address()).isEqualTo("10.0.0.5");

        route = ips("2001:db8::5");

        assertThat(found().address()).isEqualTo("10.0.0.5");
    }

    @Test
    void takesTheNameOnceItResolves() {
        assertThat(found().address()).isEqualTo("10.0.0.5");

        resolved = ips("10.0.0.7");

        assertThat(found().address()).isEqualTo("10.0.0.7");
    }

    @Test
    void givesTheNamesIpv6AddressBesideTheIpv4One() {
        resolved = ips("2001:db8::7", "10.0.0.7");

        assertThat(found().ipv6()).isEqualTo(new HostAddress.Known("2001:db8::7", "what the name node-1 resolves to"));
        assertThat(found().text())
                .isEqualTo("10.0.0.7, what the name node-1 resolves to; 2001:db8::7, what the name node-1 resolves to");
    }

    @Test
    void givesTheDefaultRoutesIpv6AddressBesideTheIpv4One() {
        route = ips("10.0.0.5", "2001:db8::5");
        assertThat(found().ipv6())
                .isEqualTo(new HostAddress.Known("2001:db8::5", "the source address of the default route"));

        resolved = ips("10.0.0.5");
        assertThat(found().source()).contains("the name");
        assertThat(found().ipv6())
                .isEqualTo(new HostAddress.Known("2001:db8::5", "the source address of the default route"));
    }

    @Test
    void givesNoIpv6AddressThatNobodyElseReachesOrThatMayNotBeTheHosts() {
        route = ips("10.0.0.5", "fe80::5");
        assertThat(found().ipv6()).isNull();

        resolved = ips("10.0.0.5");
        route = ips("10.0.0.5", "2001:db8::5");
        namespace = here(Kind.UNKNOWN);
        assertThat(found().ipv6()).isNull();
    }

    @Test
    void givesNoneBesideAnIpv6Address() {
        resolved = ips("2001:db8::7", "2001:db8::8");

        assertThat(found().ipv6()).isNull();
    }

    @Test
    void staysWithItsIpv6AddressUntilThatHasLeftTheHost() {
        own = ImmutableSet.of(ip("10.0.0.5"), ip("2001:db8::5"));
        route = ips("10.0.0.5", "2001:db8::5");
        assertThat(found().ipv6()).isNotNull();

        route = ips("10.0.0.5");
        assertThat(found().ipv6()).isNotNull();

        own = ImmutableSet.of(ip("10.0.0.5"));
        assertThat(found().ipv6()).isNull();
    }

    private HostAddressRule rule(@Nullable Supplier<Outcome<String>> asked) {
        return new HostAddressRule("node-1", network(), () -> namespace.get(), asked);
    }

    private HostAddress.Known found() {
        return (HostAddress.Known) rule.find();
    }

    private String notFound() {
        return ((HostAddress.NotFound) rule.find()).why();
    }

    private static Supplier<Outcome<Namespace>> here(Kind kind) {
        return () -> Outcome.success(new Namespace(kind, "evidence"));
    }

    private HostNetwork network() {
        return new HostNetwork() {
            @Override
            public Resolved resolve(String name) {
                return new Resolved(resolved, resolved.isEmpty() ? trouble : "");
            }

            @Override
            public ImmutableSet<InetAddress> ownAddresses() {
                return own;
            }

            @Override
            public boolean isNeighbour(InetAddress address) {
                return neighbours.contains(address);
            }

            @Override
            public ImmutableList<InetAddress> defaultRouteSources() {
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
