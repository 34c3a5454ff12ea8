package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.errors;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.Secret;
import io.registrator.model.Weights;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's own attributes, and weights. */
class MetaAndWeightsTest {

    @Test
    void keepsTheUsersAttributesOnly() {
        ContainerBuilder web = published()
                .env(
                        "SERVICE_Region=eu",
                        "SERVICE_EMPTY=",
                        "SERVICE_QUERY=a=b",
                        "SERVICE_NAME=web",
                        "SERVICE_WEIGHT=2",
                        "SERVICE_CHECK_INTERVAL=5s",
                        "OTHER=x",
                        "SERVICE_NO_VALUE");
        assertThat(service(web).meta())
                .containsOnlyKeys("region", "empty", "query")
                .containsEntry("region", "eu")
                .containsEntry("empty", "")
                .containsEntry("query", "a=b");
    }

    @Test
    void cleansKeysAndLetsACleanOneKeepItsPlace() {
        ContainerDerivation web = derive(published()
                .label("SERVICE_foo.bar", "dotted")
                .label("SERVICE_foo_bar", "clean")
                .label("SERVICE_büro", "x"));
        assertThat(service(web).meta())
                .containsEntry("foo_bar", "clean")
                .containsEntry("b_ro", "x")
                .hasSize(2);
        assertThat(warnings(web))
                .containsExactly("SERVICE_foo.bar is left out of the meta: another attribute has the key foo_bar");
    }

    @Test
    void leavesOutValuesOfMoreThan512Bytes() {
        ContainerDerivation web = derive(published()
                .env(
                        "SERVICE_FITS=" + "x".repeat(512),
                        "SERVICE_LONG=" + "x".repeat(513),
                        "SERVICE_WIDE=" + "ü".repeat(257)));
        assertThat(service(web).meta()).containsOnlyKeys("fits");
        assertThat(warnings(web))
                .containsExactly(
                        "SERVICE_LONG is left out of the meta: its value is 513 bytes, and 512 is the most",
                        "SERVICE_WIDE is left out of the meta: its value is 514 bytes, and 512 is the most");
    }

    @Test
    void leavesOutKeysThatConsulOrWeTake() {
        ContainerDerivation web = derive(published()
                .env(
                        "SERVICE_CONSUL-X=1",
                        "SERVICE_REGISTRATOR-OWNER=1",
                        "SERVICE_=1",
                        "SERVICE_" + "K".repeat(129) + "=1"));
        assertThat(service(web).meta()).isEmpty();
        assertThat(warnings(web)).hasSize(4);
    }

    @Test
    void takesATokenOfItsOwnAndShowsItNowhere() {
        ContainerDerivation derivation = derive(published().label("SERVICE_TOKEN", "5ecre7-5ecre7"));

        assertThat(service(derivation).token()).isEqualTo(new Secret("5ecre7-5ecre7"));
        assertThat(service(derivation).meta()).isEmpty();
        assertThat(derivation.toString()).contains("SERVICE_TOKEN").doesNotContain("5ecre7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVICE_TOKN", "SERVICE_TOKENS", "SERVICE_8080_TOKEM"})
    void keepsAMisspeltTokenToItselfToo(String key) {
        ContainerDerivation derivation = derive(published().env(key + "=5ecre7"));

        assertThat(service(derivation).meta()).isEmpty();
        assertThat(warnings(derivation)).hasSize(1).first().asString().contains("did you mean SERVICE_");
        assertThat(derivation.toString()).doesNotContain("5ecre7");
    }

    @Test
    void refusesATokenThatNoHeaderCanCarryWithoutShowingIt() {
        ContainerDerivation derivation = derive(published().env("SERVICE_TOKEN=5ecre7 and more"));

        assertThat(derivation.services()).isEmpty();
        assertThat(errors(derivation))
                .hasSize(1)
                .first()
                .asString()
                .contains("SERVICE_TOKEN")
                .doesNotContain("5ecre7");
    }

    @Test
    void leavesRoomForOurOwnFourPairs() {
        ContainerBuilder web = published();
        IntStream.range(0, 63).forEach(index -> web.env("SERVICE_ATTRIBUTE%02d=x".formatted(index)));
        ContainerDerivation derivation = derive(web);
        assertThat(service(derivation).meta()).hasSize(60).doesNotContainKeys("attribute60", "attribute62");
        assertThat(warnings(derivation)).hasSize(3).first().asString().contains("SERVICE_ATTRIBUTE60");
    }

    @Test
    void replacesWhatUtf8CannotHold() {
        assertThat(service(published().env("SERVICE_REGION=a\uD800b")).meta()).containsEntry("region", "a?b");
    }

    @Test
    void weighsServices() {
        assertThat(service(published()).weights()).isEqualTo(Weights.DEFAULT);
        assertThat(service(published().env("SERVICE_WEIGHT=10")).weights()).isEqualTo(new Weights(10, 1));
        assertThat(service(published().env("SERVICE_WEIGHT_PASSING=10", "SERVICE_WEIGHT_WARNING=0"))
                        .weights())
                .isEqualTo(new Weights(10, 0));
    }

    @ParameterizedTest
    @CsvSource({"WEIGHT, 0", "WEIGHT, 65536", "WEIGHT_PASSING, ten", "WEIGHT_WARNING, -1"})
    void refusesWeightsThatConsulRefuses(String attribute, String value) {
        ContainerDerivation web = derive(published().env("SERVICE_" + attribute + "=" + value));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).singleElement().asString().startsWith("SERVICE_" + attribute + "=" + value + " is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1"})
    void leavesTagsToOthersWhenAsked(String value) {
        assertThat(service(published()).enableTagOverride()).isFalse();
        assertThat(service(published().env("SERVICE_ENABLE_TAG_OVERRIDE=" + value))
                        .enableTagOverride())
                .isTrue();
    }
}
