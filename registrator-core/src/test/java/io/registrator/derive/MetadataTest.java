package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.services;
import static io.registrator.derive.Derivations.settings;
import static io.registrator.derive.Derivations.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What beats what, and which keys are warned of. */
class MetadataTest {

    @Test
    void prefersTheMoreSpecificKeyWhateverTheOrder() {
        ContainerBuilder dns = container()
                .publish("53/tcp", "", 5301)
                .publish("53/udp", "", 5302)
                .publish("54/tcp", "", 5401)
                .publish("80/tcp", "", 8001)
                .env(
                        "SERVICE_53_UDP_ROLE=port and protocol",
                        "SERVICE_53_ROLE=port",
                        "SERVICE_50-59_ROLE=range",
                        "SERVICE_ROLE=all");
        assertThat(services(derive(dns)))
                .extracting(service -> service.meta().get("role"))
                .containsExactly("port", "port and protocol", "range", "all");
    }

    @Test
    void prefersTheNarrowerOfTwoRanges() {
        ContainerBuilder web = published().env("SERVICE_8080-8081_ROLE=narrow", "SERVICE_8000-8999_ROLE=wide");
        assertThat(service(web).meta()).containsEntry("role", "narrow");
    }

    @Test
    void prefersALabelToAnEnvironmentEntryOfTheSameKey() {
        ContainerBuilder web = published().env("SERVICE_NAME=env").label("SERVICE_NAME", "label");
        assertThat(service(web).name()).isEqualTo("label");
    }

    @Test
    void prefersAPortsEnvironmentEntryToALabelForAllPorts() {
        ContainerBuilder web = published().env("SERVICE_8080_NAME=env").label("SERVICE_NAME", "label");
        assertThat(service(web).name()).isEqualTo("env");
    }

    @Test
    void takesTheLastOfTwoLabelsThatDifferInCaseAndWarns() {
        ContainerDerivation web =
                derive(published().label("SERVICE_NAME", "upper").label("SERVICE_Name", "mixed"));
        assertThat(service(web).name()).isEqualTo("mixed");
        assertThat(warnings(web))
                .containsExactly("SERVICE_NAME and SERVICE_Name say the same key twice: SERVICE_Name is used;"
                        + " keep one of them");
    }

    @Test
    void takesAnEmptyPortKeyForNotGivenAndHidesTheGeneralOne() {
        ContainerBuilder web = published().env("SERVICE_NAME=all", "SERVICE_8080_NAME=");
        assertThat(service(web).name()).isEqualTo("nginx");
    }

    @Test
    void readsAnotherPrefixWhenToldTo() {
        ContainerBuilder web = published().env("APP_NAME=web", "SERVICE_NAME=other");
        assertThat(service(derive(settings().prefix("APP_"), web)).name()).isEqualTo("web");
    }

    @Test
    void tellsWhereAFieldComesFrom() {
        ContainerDerivation web = derive(published()
                .env("SERVICE_NAME=all", "SERVICE_8080_NAME=env", "SERVICE_REGION=eu")
                .label("SERVICE_8080_NAME", "label"));
        assertThat(web.services().getFirst().because())
                .containsEntry("name", "label SERVICE_8080_NAME, over env SERVICE_8080_NAME, env SERVICE_NAME")
                .containsEntry("meta.region", "env SERVICE_REGION")
                .containsEntry("address", "the host's address")
                .containsEntry("port", "the binding's host port")
                .containsEntry("id", "node, container and port");
    }

    @Test
    void suggestsTheNearestKeyForAMisspeltOne() {
        ContainerDerivation web =
                derive(published().env("SERVICE_CHECK_HEADR=secret", "SERVICE_8080_NAMES=x", "SERVICE_CHECK_1_HTPP=/"));
        assertThat(warnings(web))
                .containsExactlyInAnyOrder(
                        "SERVICE_CHECK_HEADR is left out; did you mean SERVICE_CHECK_HEADER?",
                        "SERVICE_8080_NAMES is kept as meta only; did you mean SERVICE_8080_NAME?",
                        "SERVICE_CHECK_1_HTPP is left out; did you mean SERVICE_CHECK_1_HTTP?");
        assertThat(service(web).meta()).containsOnlyKeys("names");
    }

    @Test
    void warnsOfCheckOptionsThatDoNotExist() {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_COLOUR=red"));
        assertThat(warnings(web)).containsExactly("SERVICE_CHECK_COLOUR is left out: there is no such attribute");
        assertThat(service(web).meta()).isEmpty();
    }

    @Test
    void saysNothingOfTheUsersOwnKeys() {
        ContainerDerivation web =
                derive(published().env("SERVICE_REGION=eu", "SERVICE_ENV=prod", "SERVICE_HOST=h", "SERVICE_ZIP=1"));
        assertThat(web.problems()).isEmpty();
        assertThat(service(web).meta()).containsOnlyKeys("region", "env", "host", "zip");
    }

    @Test
    void warnsOfKeysForPortsThatAreNotThere() {
        ContainerDerivation web = derive(
                published().env("SERVICE_9999_NAME=other", "SERVICE_080_NAME=zero", "SERVICE_9-7_NAME=backwards"));
        assertThat(warnings(web))
                .containsExactlyInAnyOrder(
                        "SERVICE_9999_NAME concerns no port of this container; it has [8080/tcp]",
                        "SERVICE_080_NAME concerns no port of this container; it has [8080/tcp]",
                        "SERVICE_9-7_NAME concerns no port of this container; it has [8080/tcp]");
        assertThat(service(web).name()).isEqualTo("nginx");
    }

    @Test
    void keepsTokensOutOfMetaAndMessages() {
        ContainerDerivation web = derive(published().env("SERVICE_TOKEN=hunter2", "SERVICE_TOKEM=hunter2"));
        assertThat(service(web).meta()).doesNotContainKey("token");
        assertThat(web.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain("hunter2"));
    }
}
