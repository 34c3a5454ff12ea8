package io.registrator.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, ''",
        "*, abc",
        "a*c, abbbc",
        "a*c, ac",
        "a?c, abc",
        "a?c, a😀c",
        "*b*, abc",
        "a*b*c, aXbYbZc",
        "'', ''",
        "a.c, a.c",
        "**, x"
    })
    void matches(String pattern, String text) {
        assertThat(new Glob(pattern).matches(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a, ''", "a?c, ac", "a*c, abcd", "a.c, abc", "'', a", "*b, abc", "a*b*c, aXcYb", "?, ''"})
    void doesNotMatch(String pattern, String text) {
        assertThat(new Glob(pattern).matches(text)).isFalse();
    }

    /** As a regular expression this would take longer than anybody lives. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void costsNoMoreThanItsLengthTimesTheTexts() {
        assertThat(new Glob("*a".repeat(40) + "b").matches("a".repeat(10_000))).isFalse();
    }
}
