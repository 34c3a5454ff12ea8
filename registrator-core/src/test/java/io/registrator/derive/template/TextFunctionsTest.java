package io.registrator.derive.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFunctionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$",
                "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
                "(?i)^traefik\\.(http|tcp)\\.routers\\.[^.]+\\.rule=(.*)$",
            })
    void regexSizeIsSmallForWhatPeopleWrite(String regex) {
        assertThat(TextFunctions.regexSize(regex)).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((x{100}){100}){100}){100}",
                "(a{1000}[)]){1000}",
                "(a{1000}[^])]){1000}",
                "(a{1000}\\)){1000}",
                "(a{1000}\\Q(\\E){1000}",
                "(a{1000}[[:alpha:])]){1000}",
                "(a{1000}[\\])]){1000}",
            })
    void regexSizeIsLargeForRepetitionsOfRepetitions(String regex) {
        assertThat(TextFunctions.regexSize(regex)).isGreaterThan(1_000_000);
    }

    @Property(tries = 2000)
    void regexSizeIsNeverBelowWhatItCompilesTo(@ForAll("expressions") String regex) {
        if (TextFunctions.regexSize(regex) > 20_000) {
            return;
        }
        try {
            assertThat(TextFunctions.regexSize(regex))
                    .isGreaterThanOrEqualTo(Pattern.compile(regex).programSize());
        } catch (PatternSyntaxException none) {
            assertThat(TextFunctions.regexSize(regex)).isNotNegative();
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a",
                        "(",
                        ")",
                        "(?:",
                        "[",
                        "]",
                        "[^",
                        "]",
                        "[)]",
                        "[]",
                        "\\",
                        "\\Q",
                        "\\E",
                        "\\pL",
                        "\\p{Greek}",
                        "{2}",
                        "{3,}",
                        "{1,4}",
                        "{12}",
                        "{",
                        "}",
                        ",",
                        "*",
                        "+",
                        "?",
                        "|",
                        "^",
                        "$",
                        ".",
                        "[:alpha:]",
                        "é",
                        "\\x{10FFFF}",
                        "\\d",
                        "\\b",
                        "(?i)",
                        "(?P<n>",
                        "b",
                        "{0}",
                        "{0,5}",
                        "(?s)")
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts));
    }
}
