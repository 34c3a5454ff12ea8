package io.registrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionSettingsTest {
    @TempDir
    private Path folder;

    /** It is removed in the end, and must not take along what others need. */
    @Test
    void takesNoFolderForItsHealthFile() {
        assertThatThrownBy(() -> SupervisionSettings.from(folder, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("-health-file " + folder + ": it is a folder");
    }

    @Test
    void takesAFileThatARunBeforeHasLeft() throws Exception {
        Path file = Files.createFile(folder.resolve("health"));

        assertThat(SupervisionSettings.from(file, Map.of()).healthFile()).isEqualTo(file);
    }
}
