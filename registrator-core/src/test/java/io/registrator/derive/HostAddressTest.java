package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.services;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.HostAddress;
import org.junit.jupiter.api.Test;

/** What becomes of containers while the host's address is not known. */
class HostAddressTest {
    private static final HostAddress AWAITED = new HostAddress.Awaited("the engine does not answer");
    private static final HostAddress NOT_FOUND = new HostAddress.NotFound("no such name");

    @Test
    void letsAPublishedPortWait() {
        ContainerDerivation web = derive(unknown(AWAITED), published());

        assertThat(leftOut(web).reason()).isEqualTo(Reason.NO_HOST_ADDRESS);
        assertThat(leftOut(web).text()).contains("not known yet", "the engine does not answer");
        assertThat(web.awaitsHostAddress()).isTrue();
        assertThat(web.problems()).isEmpty();
    }

    @Test
    void letsAContainerOnTheHostsNetworkWaitInInternalModeToo() {
        ContainerDerivation web = derive(
                unknown(NOT_FOUND).internal(true), container().expose("80/tcp").networkMode("host"));

        assertThat(leftOut(web).reason()).isEqualTo(Reason.NO_HOST_ADDRESS);
        assertThat(leftOut(web).text()).contains("not found", "no such name");
    }

    @Test
    void needsNoneForAContainersOwnAddress() {
        assertThat(service(derive(unknown(AWAITED).internal(true), published())).address())
                .isEqualTo("172.17.0.2");
    }

    @Test
    void needsNoneForABindingWithAnAddressOfItsOwn() {
        assertThat(service(derive(unknown(AWAITED), container().publish("80/tcp", "192.0.2.7", 8001)))
                        .address())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void needsNoneWithTheIpOption() {
        assertThat(service(derive(unknown(AWAITED).ip("192.0.2.8"), published()))
                        .address())
                .isEqualTo("192.0.2.8");
    }

    @Test
    void needsNoneWhereTheContainerSaysItsAddress() {
        assertThat(service(derive(unknown(AWAITED), published().env("SERVICE_IP=192.0.2.9")))
                        .address())
                .isEqualTo("192.0.2.9");
    }

    @Test
    void saysAMistakeFirst() {
        assertThat(leftOut(derive(unknown(AWAITED), published().env("SERVICE_IP=nowhere")))
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void saysThatThereIsNoAddressOnANetworkAsWithAKnownOne() {
        assertThat(leftOut(derive(unknown(AWAITED).internal(true).network("nowhere"), published()))
                        .reason())
                .isEqualTo(Reason.NO_ADDRESS);
    }

    @Test
    void saysWhereTheAddressIsFrom() {
        ContainerDerivation web = derive(unknown(new HostAddress.Known("192.0.2.1", "a name")), published());

        assertThat(web.services().getFirst().because()).containsEntry("address", "the host's address: a name");
    }

    @Test
    void takesTheHostsIpv6AddressForAPortThatIsPublishedOnIpv6Alone() {
        ContainerDerivation web = derive(bothFamilies(), container().publish("80/tcp", "::", 8084));

        assertThat(service(web).target()).hasToString("[2001:db8::1]:8084");
        assertThat(web.services().getFirst().because()).containsEntry("address", "the host's IPv6 address: a route");
        assertThat(web.problems()).isEmpty();
    }

    @Test
    void takesTheIpv4AddressForAPortThatIsPublishedOnBoth() {
        for (ContainerBuilder both : new ContainerBuilder[] {
            published(),
            container().publish("80/tcp", "", 8084),
            container().publish("80/tcp", "::", 8084).publish("80/tcp", "0.0.0.0", 8084)
        }) {
            assertThat(service(derive(bothFamilies(), both)).address()).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void registersAFurtherBindingWithTheHostsIpv6Address() {
        ContainerDerivation web = derive(
                bothFamilies().allBindings(true),
                container().publish("80/tcp", "0.0.0.0", 8084).publish("80/tcp", "::", 8085));

        assertThat(services(web))
                .extracting(service -> service.target().toString())
                .containsExactly("192.0.2.1:8084", "[2001:db8::1]:8085");
        assertThat(web.leftOut()).isEmpty();
    }

    @Test
    void leavesTheFoundIpv6AddressAloneWithTheIpOption() {
        assertThat(leftOut(derive(bothFamilies().ip("192.0.2.8"), container().publish("80/tcp", "::", 8084)))
                        .text())
                .contains("192.0.2.8 is of the other family");
    }

    @Test
    void letsAPortThatIsPublishedOnIpv6AloneWaitToo() {
        ContainerDerivation web = derive(unknown(AWAITED), container().publish("80/tcp", "::", 8084));

        assertThat(leftOut(web).reason()).isEqualTo(Reason.NO_HOST_ADDRESS);
    }

    private static DerivationSettingsBuilder bothFamilies() {
        return unknown(new HostAddress.Known("192.0.2.1", "a name", new HostAddress.Known("2001:DB8::1", "a route")));
    }

    private static DerivationSettingsBuilder unknown(HostAddress address) {
        return DerivationSettingsBuilder.of("node-1", address);
    }
}
