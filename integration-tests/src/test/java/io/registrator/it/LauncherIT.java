package io.registrator.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/registrator} hands on to Java. */
class LauncherIT {
    /** Reasons come from the C library in the host's language, and some of them decide what is done. */
    @Test
    void speaksOneLanguageOnEveryHost(@TempDir Path java) throws IOException, InterruptedException {
        assertThat(launch(java, "printf '%s' \"$LC_ALL\"")).isEqualTo("C.UTF-8");
    }

    @Test
    void handsOnEachWordAsItIs(@TempDir Path java) throws IOException, InterruptedException {
        assertThat(launch(java, "printf '%s|' \"$@\"", "-tags", "a b,$c", "")).endsWith("-tags|a b,$c||");
    }

    /** Runs the launcher with a program in the place of Java. */
    private static String launch(Path home, String program, String... arguments)
            throws IOException, InterruptedException {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + program + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder launcher = new ProcessBuilder(
                RegistratorProcess.home().resolve("bin/registrator").toString());
        launcher.command().addAll(List.of(arguments));
        launcher.environment().put("REGISTRATOR_JAVA", java.toString());
        launcher.environment().put("LC_ALL", "de_DE.UTF-8");
        launcher.environment().remove("JAVA_OPTS");
        Process process = launcher.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
