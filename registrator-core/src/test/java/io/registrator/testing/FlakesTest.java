package io.registrator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/test.sh} says of integration tests that succeeded in their second try, over a report of Failsafe. */
class FlakesTest {
    private static final String FIRST = "io.registrator.model.FlakyIT.isRightForEach(String)[1]";
    private static final String SECOND = "io.registrator.model.FlakyIT.isRightTheSecondTime";
    private static final Path REPORT = Path.of("src/test/resources/flakes/TEST-io.registrator.model.FlakyIT.xml");

    @TempDir
    private Path folder;

    private record Run(int status, String output) {}

    @Test
    void listsAndCountsThemAndGoesOn() throws Exception {
        Run run = report(REPORT);

        assertThat(run.status()).isZero();
        assertThat(run.output()).contains("Flakes: 2", FIRST, SECOND).doesNotContain("FlakyIT.isRight\n");
    }

    @Test
    void isAnErrorWhereTheSameTestWasFlakyInTheRunBefore() throws Exception {
        report(REPORT);

        Run run = report(REPORT);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("flaky in the run before too").contains(SECOND);
    }

    @Test
    void forgetsATestThatSucceededAtOnce() throws Exception {
        report(REPORT);
        Path green = Files.writeString(
                folder.resolve("green.xml"), Files.readString(REPORT).replaceAll("flaky(Failure|Error)", "system-out"));

        assertThat(report(green)).isEqualTo(new Run(0, "Flakes: none\n"));
        assertThat(report(REPORT).status()).isZero();
    }

    @Test
    void remembersATestThatARunDidNotInclude() throws Exception {
        report(REPORT);

        assertThat(report().output()).isEqualTo("Flakes: none\n");
        assertThat(report(REPORT).status()).isEqualTo(1);
    }

    private Run report(Path... reports) throws IOException, InterruptedException {
        StringBuilder command = new StringBuilder("set -euo pipefail; source ../scripts/lib/host.sh; "
                + "source ../scripts/lib/flakes.sh; report_flakes '" + folder.resolve("kept") + "'");
        for (Path report : reports) {
            command.append(" '").append(report).append("'");
        }
        Process process = new ProcessBuilder("bash", "-c", command.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
