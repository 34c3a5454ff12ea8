package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisionSettingsTest {
    @TempDir
    private Path folder;

    /** It is written over, and removed in the end: it must not be something that others need. */
    @ParameterizedTest
    @ValueSource(strings = {"folder", "pipe", "link to a file", "link to nothing"})
    void takesOnlyARegularFileForItsHealthFile(String kind) throws Exception {
        Path path = folder.resolve("health");
        switch (kind) {
            case "folder" -> Files.createDirectory(path);
            case "pipe" ->
                assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                        .isZero();
            case "link to a file" -> Files.createSymbolicLink(path, Files.createFile(folder.resolve("precious")));
            default -> Files.createSymbolicLink(path, folder.resolve("nothing"));
        }

        assertThatThrownBy(() -> SupervisionSettings.from(path, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("-health-file " + path + ": it is no regular file");
    }

    @Test
    void takesAFileThatARunBeforeHasLeft() throws Exception {
        Path file = Files.createFile(folder.resolve("health"));

        assertThat(SupervisionSettings.from(file, Map.of()).healthFile()).isEqualTo(file);
    }
}
