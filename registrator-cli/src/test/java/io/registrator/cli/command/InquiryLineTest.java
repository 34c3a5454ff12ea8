package io.registrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.DaemonConfig;
import io.registrator.cli.running.DaemonLine;
import io.registrator.cli.running.DaemonSocket;
import io.registrator.derive.ContainerFilter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InquiryLineTest {
    @TempDir
    private Path home;

    @Test
    void putsItsOwnOptionsOverThoseOfTheDaemon() {
        DaemonLine line = new DaemonLine(
                7,
                List.of("--ip=192.0.2.1", "-internal", "-filter", "name=a", "run", "consul://daemon:8500"),
                Map.of("CONSUL_HTTP_TOKEN", "daemons"));
        try (DaemonSocket socket = DaemonSocket.open(line, environment())) {
            Answer answer = ask("plan", "-internal=f", "-filter", "name=b", "-json");

            assertThat(socket).isNotNull();
            assertThat(answer.said()).contains("settings of the daemon with process ID 7");
            assertThat(answer.config().registry()).hasToString("consul://daemon:8500");
            assertThat(answer.config().consul().token()).isEqualTo("daemons");
            assertThat(answer.config().services().ip()).isEqualTo("192.0.2.1");
            assertThat(answer.config().services().internal()).isFalse();
            assertThat(answer.config().services().filters()).containsExactly(ContainerFilter.parse("name=b"));
            assertThat(ask("explain", "web", "memory:").config().registry()).hasToString("memory:");
            assertThat(ask("list", "-daemon", "none").config().registry()).hasToString("consul://127.0.0.1:8500");
        }
    }

    @Test
    void wantsOneToBeChosenOfSeveral() {
        try (DaemonSocket first =
                        DaemonSocket.open(new DaemonLine(1, List.of("-ip=192.0.2.1"), Map.of()), environment());
                DaemonSocket second =
                        DaemonSocket.open(new DaemonLine(2, List.of("-ip=192.0.2.2"), Map.of()), environment())) {
            assertThat(first).isNotSameAs(second);
            assertThatThrownBy(() -> ask("list"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("2 daemons run here", "1, 2");
            assertThat(ask("list", "-daemon", "2").config().services().ip()).isEqualTo("192.0.2.2");
            assertThatThrownBy(() -> ask("list", "-daemon", "3")).hasMessageContaining("there are 1, 2");
            assertThat(ask("doctor").config().services().ip()).isNull();
        }
    }

    @Test
    void asksNobodyForTheDaemonItself() {
        DaemonLine line = new DaemonLine(7, List.of("-internal"), Map.of());
        try (DaemonSocket socket = DaemonSocket.open(line, environment())) {
            assertThat(socket).isNotNull();
            assertThat(ask("run", "memory:").config().services().internal()).isFalse();
            assertThat(ask("memory:").said()).isEmpty();
        }
    }

    @Test
    void readsTheFileOfTheUnit() throws IOException {
        Path file = Files.writeString(home.resolve("registrator"), """
                # a comment
                REGISTRATOR_OPTS="-node-id here -tags 'a b' consul://10.0.0.1:8500"
                #REGISTRATOR_IP=192.0.2.9
                REGISTRATOR_RESYNC=30
                CONSUL_HTTP_TOKEN='s3cret'
                """);

        DefaultsFile read = DefaultsFile.read(file);

        assertThat(read.options()).containsExactly("-node-id", "here", "-tags", "a b", "consul://10.0.0.1:8500");
        assertThat(read.variables())
                .containsOnly(Map.entry("REGISTRATOR_RESYNC", "30"), Map.entry("CONSUL_HTTP_TOKEN", "s3cret"));
        assertThat(DefaultsFile.read(home.resolve("none")).options()).isEmpty();
    }

    private Map<String, String> environment() {
        return Map.of("REGISTRATOR_RUN_DIR", home.toString());
    }

    private record Answer(DaemonConfig config, String said) {}

    private Answer ask(String... words) {
        StringWriter said = new StringWriter();
        InquiryLine line = InquiryLine.of(List.of(words), environment(), new PrintWriter(said, true));
        Parsed parsed = Parsed.of(line.arguments());
        return new Answer(
                parsed.registrator().options().config(line.environment(), parsed.registry()), said.toString());
    }
}
