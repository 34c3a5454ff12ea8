package io.registrator.ops.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthFileTest {
    @TempDir
    Path folder;

    @Test
    void isNewWithEverySignOfLifeAndHoldsTheStatus() throws IOException {
        Path file = folder.resolve("health");
        HealthFile health = new HealthFile(file);
        health.started();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        health.status("3 services");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(Instant.EPOCH);
        health.alive();

        assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(Instant.EPOCH);
        assertThat(file).hasContent("3 services");
    }

    @Test
    void isGoneAtTheEnd() {
        Path file = folder.resolve("health");
        HealthFile health = new HealthFile(file);
        health.alive();

        health.stopping();

        assertThat(file).doesNotExist();
    }

    @Test
    void oneThatCannotBeWrittenStopsNothing() {
        HealthFile health = new HealthFile(folder.resolve("none/health"));

        assertThatCode(health::alive).doesNotThrowAnyException();
        assertThatCode(health::stopping).doesNotThrowAnyException();
    }
}
