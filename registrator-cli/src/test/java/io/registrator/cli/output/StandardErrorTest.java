package io.registrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardErrorTest {

    @Test
    void isTheJournalOnlyIfTheJournalReadsThisVeryFile(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("stderr"));
        String journal = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");

        assertThat(StandardError.of(Map.of("JOURNAL_STREAM", journal), file)).isEqualTo(StandardError.JOURNAL);
        assertThat(StandardError.of(Map.of("JOURNAL_STREAM", "8:1"), file)).isEqualTo(StandardError.OTHER);
    }

    @Test
    void isATerminalUnlessColourIsNotWanted(@TempDir Path folder) throws Exception {
        Path descriptor = Files.createSymbolicLink(folder.resolve("2"), Path.of("/dev/pts/7"));

        assertThat(StandardError.of(Map.of("TERM", "xterm"), descriptor)).isEqualTo(StandardError.TERMINAL);
        assertThat(StandardError.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), descriptor))
                .isEqualTo(StandardError.OTHER);
        assertThat(StandardError.of(Map.of("TERM", "dumb"), descriptor)).isEqualTo(StandardError.OTHER);
    }

    @Test
    void isSomethingElseWhereLinksLeadToAFile(@TempDir Path folder) throws Exception {
        Path descriptor = Files.createSymbolicLink(folder.resolve("2"), folder.resolve("log"));

        assertThat(StandardError.of(Map.of("TERM", "xterm"), descriptor)).isEqualTo(StandardError.OTHER);
    }
}
