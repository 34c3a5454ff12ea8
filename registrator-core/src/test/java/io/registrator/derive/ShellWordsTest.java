package io.registrator.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    @ParameterizedTest
    @MethodSource
    void splitsAsAShellWould(String command, String[] words) {
        assertThat(ShellWords.split(command).orElseThrow()).containsExactly(words);
    }

    static Stream<Arguments> splitsAsAShellWould() {
        return Stream.of(
                words("curl  -f\thttp://x\n", "curl", "-f", "http://x"),
                words("sh -c 'a \"b\" c'", "sh", "-c", "a \"b\" c"),
                words("echo \"a 'b' c\"", "echo", "a 'b' c"),
                words("echo \"say \\\"hi\\\" \\$x \\n\"", "echo", "say \"hi\" $x \\n"),
                words("a\\ b c\\\\d", "a b", "c\\d"),
                words("a'b'\"c\"d", "abcd"),
                words("a '' \"\"", "a", "", ""),
                words(""),
                words("   "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'open", "echo \"open", "echo \\", "\"\\"})
    void refusesWhatIsNotClosed(String command) {
        assertThat(ShellWords.split(command)).isEmpty();
    }

    private static Arguments words(String command, String... words) {
        return Arguments.of(command, words);
    }
}
