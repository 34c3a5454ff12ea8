package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.HOST;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.errors;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.settings;
import static io.registrator.derive.Derivations.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;
import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.ServiceDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a service is reached. */
class AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0"})
    void takesTheHostsAddressForAllOfItsAddresses(String hostIp) {
        assertThat(service(container().publish("80/tcp", hostIp, 8001)).address())
                .isEqualTo(HOST);
    }

    @Test
    void takesTheBindingsOwnAddress() {
        assertThat(service(container().publish("80/tcp", "192.0.2.7", 8001)).address())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void makesOneServiceOfIpv4AndIpv6Bindings() {
        ServiceDefinition web =
                service(container().publish("80/tcp", "2001:db8::7", 8001).publish("80/tcp", "192.0.2.7", 8001));
        assertThat(web.address()).isEqualTo("192.0.2.7");
        assertThat(web.taggedAddresses()).isEqualTo(ImmutableSortedMap.of("lan_ipv6", "2001:db8::7"));
    }

    @Test
    void tagsNoAddressThatHasAnotherPort() {
        ServiceDefinition web =
                service(container().publish("80/tcp", "192.0.2.7", 8001).publish("80/tcp", "2001:db8::7", 8002));
        assertThat(web.port()).isEqualTo(8001);
        assertThat(web.taggedAddresses()).isEmpty();
    }

    @Test
    void takesAnIpv6BindingWhereThereIsNoOther() {
        ServiceDefinition web =
                service(container().publish("80/tcp", "2001:db8::7", 8001).env("SERVICE_CHECK_TCP=true"));
        assertThat(web.address()).isEqualTo("2001:db8::7");
        assertThat(web.taggedAddresses()).isEmpty();
        assertThat(web.checks().getFirst().probe().toString()).contains("[2001:db8::7]:8001");
    }

    @Test
    void prefersABindingThatOtherHostsReach() {
        ContainerDerivation web =
                derive(container().publish("80/tcp", "127.0.0.1", 8001).publish("80/tcp", "192.0.2.7", 8002));
        assertThat(service(web).address()).isEqualTo("192.0.2.7");
        assertThat(service(web).port()).isEqualTo(8002);
        assertThat(warnings(web)).isEmpty();
    }

    @Test
    void warnsOfAPortThatIsPublishedOnLoopbackOnly() {
        ContainerDerivation web = derive(container().publish("80/tcp", "127.0.0.1", 8001));
        assertThat(service(web).address()).isEqualTo("127.0.0.1");
        assertThat(warnings(web)).singleElement().asString().startsWith("published on 127.0.0.1 only");
    }

    @Test
    void takesTheIpFlagOverEveryBinding() {
        ContainerDerivation web =
                derive(settings().ip("203.0.113.9"), container().publish("80/tcp", "127.0.0.1", 8001));
        assertThat(service(web).address()).isEqualTo("203.0.113.9");
        assertThat(web.services().getFirst().because()).containsEntry("address", "-ip");
        assertThat(web.problems()).isEmpty();
    }

    @Test
    void takesTheDefaultBridgeBeforeOtherNetworks() {
        ContainerBuilder web = published().network("a-net", "172.20.0.2", "");
        assertThat(service(derive(internal(), web)).address()).isEqualTo("172.17.0.2");
    }

    @Test
    void takesTheNetworkThatTheContainerWasCreatedOnBeforeAllOthers() {
        ContainerBuilder web = published()
                .networkMode("zeta")
                .network("alpha", "172.20.0.2", "")
                .network("zeta", "172.21.0.2", "");
        DerivedService service = derive(internal(), web).services().getFirst();
        assertThat(service.definition().address()).isEqualTo("172.21.0.2");
        assertThat(service.lifecycle().probes()).containsExactly(HostAndPort.fromParts("172.21.0.2", 8080));
    }

    @Test
    void takesTheNetworkThatTheHolderOfTheStackWasCreatedOn() {
        ContainerBuilder holder = container()
                .name("pod")
                .id("b1d3")
                .networkMode("zeta")
                .network("alpha", "172.20.0.2", "")
                .network("zeta", "172.21.0.2", "");
        ContainerBuilder web =
                container().networkMode("container:pod").noNetwork().expose("80/tcp");
        assertThat(service(derive(internal(), web, holder.build())).address()).isEqualTo("172.21.0.2");
    }

    @Test
    void takesTheFirstNetworkByNameThatGivesAnAddress() {
        ContainerBuilder web = published()
                .noNetwork()
                .network("c-net", "172.22.0.2", "")
                .network("a-net", "", "")
                .network("b-net", "172.21.0.2", "fd00::2");
        ServiceDefinition service = service(derive(internal(), web));
        assertThat(service.address()).isEqualTo("172.21.0.2");
        assertThat(service.port()).isEqualTo(8080);
        assertThat(service.taggedAddresses()).isEqualTo(ImmutableSortedMap.of("lan_ipv6", "fd00::2"));
    }

    @Test
    void takesAnIpv6AddressWhereThereIsNoOther() {
        ContainerBuilder web = published().noNetwork().network("v6", "", "fd00::2");
        ServiceDefinition service = service(derive(internal(), web));
        assertThat(service.address()).isEqualTo("fd00::2");
        assertThat(service.taggedAddresses()).isEmpty();
    }

    @Test
    void takesTheNetworkThatIsAskedFor() {
        ContainerBuilder web = published().network("backend", "172.20.0.2", "");
        assertThat(service(derive(internal().network("backend"), web)).address())
                .isEqualTo("172.20.0.2");
        assertThat(service(derive(internal().network("172.20.0.0/16"), web)).address())
                .isEqualTo("172.20.0.2");
        assertThat(service(derive(internal().network("backend"), web.env("SERVICE_NETWORK=bridge")))
                        .address())
                .isEqualTo("172.17.0.2");
    }

    @Test
    void leavesOutWhatHasNoAddressOnTheNetworkThatIsAskedFor() {
        ContainerDerivation web = derive(settings().internal(true), published().env("SERVICE_NETWORK=backend"));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.NO_ADDRESS);
        assertThat(leftOut(web).text()).isEqualTo("no address on network backend (env SERVICE_NETWORK)");
        assertThat(web.problems()).isEmpty();
    }

    @Test
    void refusesANetworkThatIsNoBlock() {
        ContainerDerivation web = derive(settings().internal(true), published().env("SERVICE_NETWORK=10.0.0.0/99"));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).singleElement().asString().contains("write it like backend or 10.1.0.0/16");
    }

    @Test
    void takesTheServicesOwnIpOverAll() {
        ContainerBuilder web = published().env("SERVICE_IP=198.51.100.4");
        DerivationSettingsBuilder settings = settings().ip("203.0.113.9").useIpFromLabel("my.ip");
        assertThat(service(derive(settings, web)).address()).isEqualTo("198.51.100.4");
    }

    @Test
    void saysWhichAddressesAreOnlyTheContainersWord() {
        DerivationSettingsBuilder byLabel = settings().useIpFromLabel("my.ip");
        assertThat(service(published()).claimsAddress()).isFalse();
        assertThat(service(published().env("SERVICE_IP=198.51.100.4")).claimsAddress())
                .isTrue();
        assertThat(service(derive(byLabel, published().label("my.ip", "198.51.100.4")))
                        .claimsAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "256.1.1.1", "host:80", "web", "10.0.0.1/24"})
    void refusesAnIpThatIsNone(String value) {
        ContainerDerivation web = derive(published().env("SERVICE_IP=" + value));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).singleElement().asString().startsWith("SERVICE_IP=" + value + " is not");
    }

    @Test
    void takesTheAddressFromALabel() {
        DerivationSettingsBuilder settings = settings().useIpFromLabel("my.ip");
        assertThat(service(derive(settings, published().label("my.ip", "198.51.100.4/24")))
                        .address())
                .isEqualTo("198.51.100.4");
        assertThat(service(derive(settings, published().label("my.ip", "2001:db8::1")))
                        .address())
                .isEqualTo("2001:db8::1");
    }

    @Test
    void refusesALabelThatIsMissingOrNoAddress() {
        DerivationSettingsBuilder settings = settings().useIpFromLabel("my.ip");
        assertThat(errors(derive(settings, published())))
                .singleElement()
                .asString()
                .startsWith("the container has no label my.ip");
        assertThat(errors(derive(settings, published().label("my.ip", "x"))))
                .singleElement()
                .asString()
                .startsWith("label my.ip=x is not an IP address");
    }

    @Test
    void refusesSettingsThatCannotBeUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DerivationSettingsBuilder.of("a b", HOST).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DerivationSettingsBuilder.of("n", "0.0.0.0").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().ip("host").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().network("10.0.0.0/99").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().prefix("").build());
    }

    private static DerivationSettingsBuilder internal() {
        return settings().internal(true);
    }
}
