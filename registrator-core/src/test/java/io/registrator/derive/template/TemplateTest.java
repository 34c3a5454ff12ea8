package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of tags, by a table of what Go makes of them, and of what is not supported. */
class TemplateTest {
    private static final Path CASES = Path.of("src/test/resources/template/cases.txt");
    private static final Struct DATA = data();

    @ParameterizedTest(name = "{0} | {1}")
    @MethodSource("cases")
    void doesAsGoDoes(String template, String expected) {
        if (expected.startsWith("!")) {
            assertThatThrownBy(() -> render(template))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining(expected.substring(1));
        } else {
            assertThat(render(template)).isEqualTo(expected);
        }
    }

    static Stream<Arguments> cases() throws IOException {
        return Files.readString(CASES, UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> Arguments.of(
                        line.substring(0, line.lastIndexOf(" | ")),
                        shown(line.substring(line.lastIndexOf(" | ") + 3))));
    }

    private static String shown(String expected) {
        return expected.replace("∅", "").replace("↵", "\n").replace("⇥", "\t");
    }

    @Test
    void trimsLineBreaksToo() {
        assertThat(render("a \n\t{{- 1 -}}\n b")).isEqualTo("a1b");
        assertThat(render("a{{\n1\n}}b")).isEqualTo("a1b");
    }

    @Test
    void saysWhereItFails() {
        assertThatThrownBy(() -> render("one\ntwo {{.Name}} {{.Oops}}")).hasMessageStartingWith("2:17: ");
        assertThatThrownBy(() -> render("one\n  {{if}}")).hasMessageStartingWith("2:7: ");
        assertThatThrownBy(() -> render("\n{{range 70000}}x{{end}}")).hasMessageStartingWith("2:16: ");
        assertThatThrownBy(() -> render("{{$x := printf `%60000d` 1}}\n{{split `` $x}}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("2:3: ")
                .hasMessageContaining("more than 65536 characters");
    }

    @Test
    void readsNoMoreThanAnybodyWrites() {
        assertThatThrownBy(() -> render("x".repeat(70_000))).hasMessageContaining("at most 65536 characters");
        assertThatThrownBy(() -> render("{{if 1}}".repeat(200))).hasMessageContaining("nested more than 100 deep");
        assertThatThrownBy(() -> render("{{" + "(".repeat(5_000) + "}}"))
                .hasMessageContaining("nested more than 100 deep");
    }

    @Test
    void keepsALongTemplateQuick() {
        assertThat(render("{{1}}\n".repeat(9_000))).hasSize(18_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{matchFirstElement `((a{1000}){1000}){1000}` .Config.Env}}",
                "{{$x := printf `%60000d` 1}}{{$l := split `` $x}}{{printf `%60000v` $l}}",
                "{{$x := printf `%60000d` 1}}{{join $x (split `` $x)}}",
                "{{$x := printf `%60000d` 1}}{{range 1000000}}{{$y := split `` $x}}{{end}}",
                "{{$x := printf `%60000d` 1}}{{range 1000000}}{{$y := len $x}}{{end}}",
                "{{$x := split `` (printf `%60000d` 1)}}{{range 1000000}}{{$y := matchAllElements `a{900}` $x}}{{end}}",
            })
    void givesUpBeforeItTakesTooMuch(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageMatching("1:\\d+: .*(more than|too large).*");
    }

    @Test
    void givesUpWhereArgumentsTogetherAreTooLong() {
        String many = " $x".repeat(20_000);
        assertThatThrownBy(() -> render("{{$x := printf `%60000d` 1}}{{print" + many + "}}"))
                .hasMessageContaining("more than");
    }

    private static String render(String template) {
        return Template.parse(template, TextFunctions.NAMES)
                .render(DATA, TextFunctions.all(url -> "{\"k\":\"from " + url + "\"}"));
    }

    static Struct data() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("Image", "nginx:1.25");
        config.put("Env", List.of("A=1", "B=2"));
        config.put("Labels", Map.of("team", "core", "tier", "web", "empty", ""));
        config.put("Cmd", List.of());
        Map<String, @Nullable Object> ports = new LinkedHashMap<>();
        ports.put("80/tcp", List.of(struct(new LinkedHashMap<>(ordered("HostIp", "0.0.0.0", "HostPort", "32768")))));
        ports.put("443/tcp", null);
        Map<String, @Nullable Object> container = new LinkedHashMap<>();
        container.put("Name", "/web");
        container.put("Config", struct(config));
        container.put("State", struct(ImmutableMap.of("Running", true)));
        container.put("RestartCount", 3L);
        container.put("Ratio", 0.25);
        container.put("Ports", Collections.unmodifiableMap(ports));
        container.put("Numbers", List.of(1L, 2L, 3L));
        container.put("Nothing", null);
        return struct(container);
    }

    private static Map<String, String> ordered(String first, String one, String second, String other) {
        Map<String, String> ordered = new LinkedHashMap<>();
        ordered.put(first, one);
        ordered.put(second, other);
        return ordered;
    }

    private static Struct struct(Map<String, ? extends @Nullable Object> fields) {
        return new Struct(new LinkedHashMap<>(fields), Collections.singletonMap("Health", null));
    }
}
