package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.errors;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.services;
import static io.registrator.derive.Derivations.settings;
import static io.registrator.derive.Derivations.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.ServiceDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, IDs and tags. */
class NamesTest {

    @Test
    void appendsThePortWhereAContainerHasSeveralUnlessTheNameIsThePortsOwn() {
        ContainerBuilder web = published()
                .publish("9000/tcp", "", 9)
                .publish("9001/tcp", "", 10)
                .env("SERVICE_NAME=web", "SERVICE_9000_NAME=api", "SERVICE_9001-9009_NAME=worker");
        assertThat(services(derive(web)))
                .extracting(ServiceDefinition::name)
                .containsExactly("web-8080", "api", "worker");
    }

    @Test
    void countsIgnoredPortsButNotUnpublishedOnes() {
        ContainerBuilder ignored = published().publish("9000/tcp", "", 9).env("SERVICE_9000_IGNORE=true");
        assertThat(service(ignored).name()).isEqualTo("nginx-8080");
        assertThat(service(published().expose("9000/tcp")).name()).isEqualTo("nginx");
    }

    @Test
    void takesNoNameForNotGiven() {
        assertThat(service(published().env("SERVICE_NAME= ")).name()).isEqualTo("nginx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_web",
                "web.example",
                "web server",
                "wéb",
                "a234567890b234567890c234567890d234567890e234567890f234567890g234"
            })
    void warnsOfNamesThatDnsCannotSay(String name) {
        ContainerDerivation web = derive(published().env("SERVICE_NAME=" + name));
        assertThat(service(web).name()).isEqualTo(name);
        assertThat(warnings(web)).singleElement().asString().contains("cannot be looked up over DNS");
        assertThat(web.problems().getFirst().key()).isEqualTo("SERVICE_NAME");
    }

    @Test
    void refusesAnImageWithoutAName() {
        ContainerDerivation web = derive(published().image("@sha256:ab"));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).containsExactly("the image has no name to take; set SERVICE_8080_NAME");
    }

    @Test
    void callsAnImageWithoutANameByComposesServiceElseByItsShortId() {
        String image = "sha256:4c01db0b339cbf08612aa7ce5997f57e8ce4f35d1a1d3da899deb9862131ca6b";
        ContainerDerivation compose = derive(published().image(image).label("com.docker.compose.service", "shop"));
        assertThat(service(compose).name()).isEqualTo("shop");
        assertThat(warnings(compose)).isEmpty();
        ContainerDerivation plain = derive(published().image(image));
        assertThat(service(plain).name()).isEqualTo("4c01db0b339c");
        assertThat(warnings(plain))
                .containsExactly("the container was started by the ID of an image that has no tag, so its service is"
                        + " called 4c01db0b339c; set SERVICE_8080_NAME");
        assertThat(service(published().image(image).env("SERVICE_NAME=own")).name())
                .isEqualTo("own");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx@sha256:4c01db0b339cbf08612aa7ce5997f57e8ce4f35d1a1d3da899deb9862131ca6b, nginx",
        "nginx:1.25@sha256:4c01db0b339cbf08612aa7ce5997f57e8ce4f35d1a1d3da899deb9862131ca6b, nginx",
        "localhost:5000/sha256, sha256",
        "sha256:latest, sha256",
        "deadbeef, deadbeef"
    })
    void takesTheNameInAReferenceHoweverItLooks(String image, String name) {
        assertThat(service(published().image(image)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1@192.0.2.10", "box/any", "a b", "a?b", "ü"})
    void takesIdsAsTheyStand(String id) {
        assertThat(service(published().env("SERVICE_ID=" + id)).id().value()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "/a", "a/", ".", "..", "a/../b"})
    void refusesIdsThatNoAgentCanBeAskedFor(String id) {
        ContainerDerivation web = derive(published().env("SERVICE_ID=" + id));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web))
                .containsExactly("SERVICE_ID=" + id + " is not a usable service ID; use printable characters, with a"
                        + " slash only between two others, and no . or .. between slashes");
    }

    @Test
    void refusesAContainerNameThatMakesNoId() {
        ContainerDerivation web = derive(published().name("a//b"));
        assertThat(errors(web)).containsExactly("the container's name gives no usable service ID; set SERVICE_8080_ID");
        assertThat(derive(published().name("a//b").env("SERVICE_ID=web")).services())
                .hasSize(1);
    }

    @Test
    void marksUdpInIdAndTags() {
        ServiceDefinition dns = service(derive(
                settings().tags("prod,udp"),
                container().publish("53/udp", "", 5353).env("SERVICE_TAGS=own,prod")));
        assertThat(dns.id().value()).isEqualTo("node-1:app:53:udp");
        assertThat(dns.tags()).containsExactly("own", "prod", "udp");
    }

    @Test
    void keepsTagsInTheOrderWritten() {
        ContainerDerivation web = derive(settings().tags("z,\\,"), published().env("SERVICE_TAGS=b,a\\,c,,b"));
        assertThat(service(web).tags()).containsExactly("b", "a,c", "z", ",");
        assertThat(web.services().getFirst().because()).containsEntry("tags", "env SERVICE_TAGS; -tags");
    }
}
