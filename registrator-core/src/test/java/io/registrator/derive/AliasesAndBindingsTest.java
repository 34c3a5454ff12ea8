package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.ContainerBuilder.port;
import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.HOST;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.errors;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.services;
import static io.registrator.derive.Derivations.settings;
import static io.registrator.derive.Derivations.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.CheckDefinition;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One port that gives several services: with several bindings, and under several names. */
class AliasesAndBindingsTest {

    @Test
    void saysTheOtherBindingsOfAPort() {
        ContainerDerivation web = derive(twice());
        assertThat(services(web)).extracting(ServiceDefinition::target).hasToString("[192.0.2.7:8001]");
        assertThat(web.leftOut())
                .containsExactly(
                        other("also published at 192.0.2.8:8001; SERVICE_80_BINDINGS=all registers it"),
                        other("also published at 8002; SERVICE_80_BINDINGS=all registers it"),
                        other("also published at [2001:db8::1]:8003; SERVICE_80_BINDINGS=all registers it"));
    }

    @Test
    void registersEachBindingOnRequest() {
        for (ContainerDerivation web : new ContainerDerivation[] {
            derive(settings().allBindings(true), twice()),
            derive(twice().env("SERVICE_BINDINGS=all")),
            derive(settings().allBindings(true), twice().env("SERVICE_BINDINGS=first", "SERVICE_80_BINDINGS=All"))
        }) {
            assertThat(services(web))
                    .extracting(service -> service.id() + " " + service.target())
                    .containsExactly(
                            "node-1:app:80 192.0.2.7:8001",
                            "node-1:app:80:192.0.2.8:8001 192.0.2.8:8001",
                            "node-1:app:80:8002 " + HOST + ":8002",
                            "node-1:app:80:[2001:db8::1]:8003 [2001:db8::1]:8003");
            assertThat(web.leftOut()).isEmpty();
            assertThat(web.services().get(2).because())
                    .containsEntry("id", "node, container and port, and the binding at 8002");
        }
    }

    @Test
    void registersTheFirstBindingWhereTheContainerWantsNoMore() {
        ContainerDerivation web = derive(settings().allBindings(true), twice().env("SERVICE_BINDINGS=first"));
        assertThat(services(web)).hasSize(1);
    }

    @Test
    void refusesAnotherWordForTheBindings() {
        ContainerDerivation web = derive(published().env("SERVICE_BINDINGS=both"));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).containsExactly("SERVICE_BINDINGS=both is not first or all; write one of the two");
    }

    @Test
    void keepsTheIdsOfOtherBindingsWhenOneGoesAway() {
        ContainerDerivation fewer = derive(
                settings().allBindings(true),
                container().publish("80/tcp", "192.0.2.7", 8001).publish("80/tcp", "0.0.0.0", 8002));
        assertThat(services(fewer))
                .extracting(service -> service.id().value())
                .containsExactly("node-1:app:80", "node-1:app:80:8002");
    }

    @Test
    void takesBothFamiliesOfOnePortForOneBinding() {
        ContainerDerivation all = derive(
                settings().allBindings(true),
                container().publish("80/tcp", "0.0.0.0", 8001).publish("80/tcp", "::", 8001));
        assertThat(services(all)).hasSize(1);
        assertThat(all.leftOut()).isEmpty();
        ContainerDerivation named = derive(
                settings().allBindings(true),
                container().publish("80/tcp", "192.0.2.7", 8001).publish("80/tcp", "2001:db8::1", 8001));
        assertThat(service(named).taggedAddresses()).isEqualTo(ImmutableSortedMap.of("lan_ipv6", "2001:db8::1"));
        assertThat(named.leftOut()).isEmpty();
    }

    @Test
    void registersNoFurtherBindingThatNobodyElseReachesOrThatIsTheSame() {
        ContainerDerivation web = derive(
                settings().ip("203.0.113.9").allBindings(true),
                container()
                        .publish("80/tcp", "192.0.2.7", 8001)
                        .publish("80/tcp", "192.0.2.8", 8001)
                        .publish("80/tcp", "127.0.0.1", 8001));
        assertThat(services(web)).hasSize(1);
        assertThat(web.leftOut())
                .containsExactly(
                        other("also published at 192.0.2.8:8001, which gives the same address and port"),
                        other("also published at 127.0.0.1:8001, where no other host reaches it"));
    }

    @Test
    void registersFurtherNamesThatAreAsWellAsTheFirst() {
        ContainerDerivation web = derive(
                settings().defaultTcpCheck(true),
                published()
                        .env("SERVICE_NAME=web", "SERVICE_ALIASES=shop, api", "SERVICE_TAGS=a", "SERVICE_TEAM=x")
                        .env("SERVICE_CHECK_DEREGISTER_AFTER=5m"));
        assertThat(services(web))
                .extracting(service -> service.id() + " " + service.name() + " " + service.target() + service.tags())
                .containsExactly(
                        "node-1:app:8080 web " + HOST + ":32768[a]",
                        "node-1:app:8080:alias:shop shop " + HOST + ":32768[a]",
                        "node-1:app:8080:alias:api api " + HOST + ":32768[a]");
        ServiceDefinition shop = services(web).get(1);
        assertThat(shop.meta()).isEqualTo(ImmutableSortedMap.of("team", "x"));
        assertThat(shop.checks())
                .extracting(CheckDefinition::probe)
                .containsExactly(new Probe.Alias(new ServiceId("node-1:app:8080")));
        assertThat(shop.checks().getFirst().deregisterAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(web.services().get(1).because())
                .containsEntry("name", "env SERVICE_ALIASES")
                .containsEntry("check.alias", "the checks of node-1:app:8080")
                .doesNotContainKey("check.tcp");
        assertThat(web.problems()).isEmpty();
    }

    @Test
    void givesAliasesNoCheckWhereThereIsNone() {
        assertThat(services(derive(published().env("SERVICE_ALIASES=shop"))))
                .hasSize(2)
                .allSatisfy(service -> assertThat(service.checks()).isEmpty());
    }

    @Test
    void appendsThePortToAliasesAsToNames() {
        ContainerDerivation web = derive(published()
                .publish("9000/tcp", "", 9)
                .env("SERVICE_NAME=web", "SERVICE_ALIASES=shop", "SERVICE_9000_ALIASES=api"));
        assertThat(services(web))
                .extracting(service -> service.id() + " " + service.name())
                .containsExactly(
                        "node-1:app:8080 web-8080",
                        "node-1:app:8080:alias:shop shop-8080",
                        "node-1:app:9000 web-9000",
                        "node-1:app:9000:alias:api api");
    }

    @Test
    void keepsAliasesApartFromUdpAndFromBindings() {
        ContainerDerivation dns = derive(
                settings().allBindings(true),
                container()
                        .publish("53/tcp", "", 53)
                        .publish("53/tcp", "", 54)
                        .publish("53/udp", "", 53)
                        .env("SERVICE_53_ALIASES=udp,54"));
        assertThat(services(dns))
                .extracting(ServiceDefinition::id)
                .doesNotHaveDuplicates()
                .hasSize(9);
    }

    @Test
    void leavesOutAliasesThatSayNothingNew() {
        ContainerDerivation web = derive(published().env("SERVICE_NAME=web", "SERVICE_ALIASES=web,shop,shop,,..//"));
        assertThat(services(web)).extracting(ServiceDefinition::name).containsExactly("web", "shop");
        assertThat(warnings(web))
                .contains(
                        "web is left out: the port has that name already",
                        "shop is left out: the port has that name already",
                        "..// is left out: it makes no usable service ID");
    }

    @Test
    void takesANameWithACommaAsItStandsAndSaysWhatElseWasMeant() {
        ContainerDerivation web = derive(published().env("SERVICE_NAME=foo,bar"));
        assertThat(service(web).name()).isEqualTo("foo,bar");
        assertThat(warnings(web))
                .containsExactly(
                        "the name foo,bar has a comma in it and is one name all the same; give further names in"
                                + " SERVICE_8080_ALIASES");
    }

    @Test
    void neverRegistersAnAddressOfTheFamilyOnWhichThePortDoesNotAnswer() {
        ContainerDerivation onlyIpv6 = derive(published6());
        assertThat(leftOut(onlyIpv6).reason()).isEqualTo(Reason.NO_ADDRESS);
        assertThat(leftOut(onlyIpv6).text())
                .isEqualTo("published on [::]:8084, and the host's address " + HOST
                        + " is of the other family; publish it on that one too, or set SERVICE_80_IP");
        assertThat(leftOut(derive(settings().ip("203.0.113.9"), published6())).reason())
                .isEqualTo(Reason.NO_ADDRESS);
        assertThat(service(derive(settings().ip("2001:db8::9"), published6())).target())
                .hasToString("[2001:db8::9]:8084");
        assertThat(service(published6().env("SERVICE_IP=2001:db8::8")).target()).hasToString("[2001:db8::8]:8084");

        DerivationSettingsBuilder ipv6Host = DerivationSettingsBuilder.of("node-1", "2001:db8::9");
        assertThat(leftOut(derive(ipv6Host, published())).reason()).isEqualTo(Reason.NO_ADDRESS);
        assertThat(service(derive(ipv6Host, container().publish("80/tcp", "", 8001)))
                        .address())
                .isEqualTo("2001:db8::9");
        assertThat(service(derive(
                                ipv6Host,
                                container().publish("80/tcp", "0.0.0.0", 8001).publish("80/tcp", "::", 8001)))
                        .address())
                .isEqualTo("2001:db8::9");
    }

    private static ContainerBuilder published6() {
        return container().publish("80/tcp", "::", 8084);
    }

    private static ContainerBuilder twice() {
        return container()
                .publish("80/tcp", "192.0.2.7", 8001)
                .publish("80/tcp", "192.0.2.8", 8001)
                .publish("80/tcp", "0.0.0.0", 8002)
                .publish("80/tcp", "::", 8002)
                .publish("80/tcp", "2001:db8::1", 8003);
    }

    private static LeftOut other(String text) {
        return new LeftOut(port("80/tcp"), Reason.OTHER_BINDING, text);
    }
}
