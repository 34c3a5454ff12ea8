package io.registrator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"v1@192.0.2.10", "box/any", "a b", "a?b", "50%", "ü", "😀", "...", "[::1]:80"})
    void isWhateverFitsIntoAPath(String text) {
        assertThat(new ServiceId(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/..",
                "./a",
                "a\tb",
                "\u0000",
                "a\u2028b",
                "a\u200bb",
                "a\u00a0b",
                "a\ud800b",
                "a\ue000b"
            })
    void isNothingThatAnAgentOrAProxyWouldTakeForSomethingElse(String text) {
        assertThat(ServiceId.isValid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceId(text));
    }
}
