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
import static org.assertj.core.groups.Tuple.tuple;

import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.ServiceDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ports give services, and why the others give none. */
class PortsTest {

    @ParameterizedTest
    @EnumSource
    void givesServicesOnlyWhileRunning(ContainerState state) {
        ContainerDerivation web = derive(published().state(state));
        assertThat(web.services()).hasSize(state.isRunning() ? 1 : 0);
        assertThat(web.leftOut()).hasSize(state.isRunning() ? 0 : 1);
    }

    @Test
    void saysThatAContainerIsNotRunningAndNothingElse() {
        ContainerDerivation web =
                derive(published().state(ContainerState.EXITED).env("SERVICE_CHECK_COLOUR=red"));
        assertThat(leftOut(web))
                .isEqualTo(new LeftOut(port("8080/tcp"), Reason.NOT_RUNNING, "the container is exited, not running"));
        assertThat(web.problems()).isEmpty();
    }

    @Test
    void saysThatAContainerHasNoPort() {
        assertThat(leftOut(derive(container())))
                .isEqualTo(new LeftOut(
                        null, Reason.NO_PORT, "the container exposes no port; EXPOSE one, or set SERVICE_PORT"));
    }

    @Test
    void leavesOutWhatIsNotPublished() {
        LeftOut internal = leftOut(derive(container().expose("9000/tcp")));
        assertThat(internal.reason()).isEqualTo(Reason.NOT_PUBLISHED);
        assertThat(internal.text()).contains("SERVICE_9000_INTERNAL=true");
    }

    @Test
    void ordersPortsByNumberThenProtocol() {
        ContainerBuilder many = container()
                .publish("443/tcp", "", 1)
                .publish("53/udp", "", 2)
                .publish("53/tcp", "", 3)
                .publish("80/tcp", "", 4);
        assertThat(derive(many).services())
                .extracting(DerivedService::port)
                .containsExactly(port("53/tcp"), port("53/udp"), port("80/tcp"), port("443/tcp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "yes", "whatever"})
    void leavesOutWhatIsIgnored(String value) {
        LeftOut ignored = leftOut(derive(published().label("SERVICE_IGNORE", value)));
        assertThat(ignored.reason()).isEqualTo(Reason.IGNORED);
        assertThat(ignored.text()).isEqualTo("ignored by label SERVICE_IGNORE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "no", "", "False"})
    void doesNotIgnoreWhereIgnoreSaysNo(String value) {
        assertThat(derive(published().env("SERVICE_IGNORE=" + value)).services())
                .hasSize(1);
    }

    @Test
    void letsOnePortBeAnExceptionToIgnore() {
        ContainerBuilder web =
                published().publish("9000/tcp", "", 9).env("SERVICE_IGNORE=true", "SERVICE_8080_IGNORE=false");
        assertThat(services(derive(web))).extracting(ServiceDefinition::port).containsExactly(32_768);
    }

    @Test
    void wantsANameWhenExplicit() {
        DerivationSettingsBuilder explicit = settings().explicit(true);
        assertThat(leftOut(derive(explicit, published())).reason()).isEqualTo(Reason.NO_NAME);
        assertThat(derive(explicit, published().env("SERVICE_8080_NAME=web")).services())
                .hasSize(1);
    }

    @Test
    void declaresPortsOfTheHostsNetworkByName() {
        ContainerBuilder web = container().hostNetwork().env("SERVICE_9000_NAME=api", "SERVICE_53_UDP_NAME=dns");
        assertThat(services(derive(web)))
                .extracting(ServiceDefinition::name, ServiceDefinition::address, ServiceDefinition::port)
                .containsExactly(tuple("dns", HOST, 53), tuple("api", HOST, 9000));
    }

    @Test
    void namesAnExposedUdpPortWithoutDeclaringATcpPortBesideIt() {
        ContainerBuilder dns = container().hostNetwork().expose("53/udp").env("SERVICE_53_NAME=dns");
        assertThat(service(dns).id().value()).isEqualTo("node-1:app:53:udp");
    }

    @Test
    void declaresNoPortsByNameElsewhere() {
        ContainerDerivation web = derive(published().env("SERVICE_9000_NAME=api"));
        assertThat(web.services()).hasSize(1);
    }

    @Test
    void registersInternalPortsWhenOneContainerAsksForIt() {
        ContainerBuilder web = published().expose("9000/tcp").env("SERVICE_INTERNAL=true");
        assertThat(services(derive(web)))
                .extracting(ServiceDefinition::address, ServiceDefinition::port)
                .containsExactly(tuple("172.17.0.2", 8080), tuple("172.17.0.2", 9000));
    }

    @Test
    void letsOneContainerBePublishedInInternalMode() {
        ContainerBuilder web = published().env("SERVICE_INTERNAL=false");
        assertThat(service(derive(settings().internal(true), web)).port()).isEqualTo(32_768);
    }

    @Test
    void refusesAnInternalThatIsNeitherYesNorNo() {
        ContainerDerivation web = derive(published().env("SERVICE_INTERNAL=maybe"));
        assertThat(leftOut(web)).extracting(LeftOut::reason).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).containsExactly("SERVICE_INTERNAL=maybe is not true or false; write one of the two");
    }

    /**
     * {@code SERVICE_PORT} says which port a container has that exposes none. It was never an override of a number, and
     * images have it in their environment for themselves: so where there are ports it changes nothing, with a warning
     * unless it names one of them.
     */
    @Test
    void declaresThePortOfAContainerThatExposesNone() {
        ServiceDefinition declared = service(container().env("SERVICE_PORT=9000"));
        assertThat(declared.id().value()).isEqualTo("node-1:app:9000");
        assertThat(declared.address()).isEqualTo("172.17.0.2");
        assertThat(declared.port()).isEqualTo(9000);
        assertThat(service(container().hostNetwork().env("SERVICE_PORT=9000")).address())
                .isEqualTo(HOST);
    }

    @Test
    void changesNoPortsNumber() {
        ContainerDerivation web = derive(published().env("SERVICE_PORT=99"));
        assertThat(service(web).port()).isEqualTo(32_768);
        assertThat(warnings(web)).singleElement().asString().startsWith("SERVICE_PORT=99 changes no port's number");
        assertThat(derive(published().env("SERVICE_PORT=8080")).problems()).isEmpty();
    }

    @Test
    void declaresAServiceWithoutAPort() {
        ServiceDefinition worker = service(container().env("SERVICE_PORT=0", "SERVICE_CHECK_TTL=30s"));
        assertThat(worker.id().value()).isEqualTo("node-1:app");
        assertThat(worker.address()).isEqualTo(HOST);
        assertThat(worker.port()).isZero();
        assertThat(worker.checks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "80/tcp"})
    void refusesToDeclareWhatIsNoPort(String value) {
        ContainerDerivation web = derive(container().env("SERVICE_PORT=" + value));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).singleElement().asString().startsWith("SERVICE_PORT=" + value + " is not a number");
    }

    @Test
    void keepsWhatIsWrongWithOnePortFromTheOthers() {
        ContainerDerivation web = derive(published()
                .publish("9000/tcp", "", 9)
                .env("SERVICE_9000_CHECK_TCP=true", "SERVICE_9000_CHECK_INTERVAL=abc"));
        assertThat(services(web)).extracting(ServiceDefinition::port).containsExactly(32_768);
        assertThat(web.leftOut())
                .containsExactly(new LeftOut(port("9000/tcp"), Reason.INVALID, "invalid: SERVICE_9000_CHECK_INTERVAL"));
    }

    @Test
    void tellsAllErrorsOfAPortAtOnce() {
        ContainerDerivation web = derive(published()
                .env("SERVICE_ID=a//b", "SERVICE_WEIGHT=0", "SERVICE_CHECK_TCP=true", "SERVICE_CHECK_TIMEOUT=2"));
        assertThat(web.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder("SERVICE_ID", "SERVICE_WEIGHT", "SERVICE_CHECK_TIMEOUT");
    }

    @Test
    void takesThePublishedPortsOfTheContainerWhoseNetworkItShares() {
        ContainerSnapshot vpn = container()
                .id("vpn-id")
                .name("vpn")
                .publish("8080/tcp", "0.0.0.0", 18_080)
                .publish("9000/tcp", "0.0.0.0", 19_000)
                .build();
        ContainerBuilder app = container()
                .expose("8080/tcp")
                .noNetwork()
                .networkMode("container:vpn-id")
                .env("SERVICE_9000_NAME=api");
        assertThat(services(derive(app, vpn)))
                .extracting(ServiceDefinition::address, ServiceDefinition::port)
                .containsExactly(tuple(HOST, 18_080), tuple(HOST, 19_000));
    }

    @Test
    void followsASharedNetworkToItsHolder() {
        ContainerSnapshot host = container().id("h").name("h").hostNetwork().build();
        ContainerSnapshot middle = container()
                .id("m")
                .name("m")
                .noNetwork()
                .networkMode("container:h")
                .build();
        ContainerBuilder app = container().expose("80/tcp").noNetwork().networkMode("container:m");
        assertThat(service(derive(app, middle, host)).address()).isEqualTo(HOST);
    }

    @Test
    void refusesANetworkThatNobodyHolds() {
        ContainerSnapshot first =
                container().id("1").name("1").networkMode("container:2").build();
        ContainerSnapshot second =
                container().id("2").name("2").networkMode("container:1").build();
        ContainerBuilder app = container().expose("80/tcp").networkMode("container:1");
        assertThat(leftOut(derive(app)).reason()).isEqualTo(Reason.INVALID);
        assertThat(leftOut(derive(app, first, second)).reason()).isEqualTo(Reason.INVALID);
    }
}
