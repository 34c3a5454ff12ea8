package io.registrator.ops.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {
    @TempDir
    Path folder;

    @Test
    void givesEachAssignmentAsAWordOfItsOwn() throws IOException {
        Path command = script("printf '%s\\n' \"$@\" >\"$0.out\"");

        new NotifyCommand(command.toString()).accept(ImmutableList.of("READY=1", "STATUS=two words"));

        assertThat(Path.of(command + ".out")).hasContent("READY=1\nSTATUS=two words\n");
    }

    @Test
    void aCommandThatFailsOrIsMissingStopsNothing() throws IOException {
        NotifyCommand failing = new NotifyCommand(script("exit 3").toString());
        NotifyCommand missing = new NotifyCommand(folder.resolve("missing").toString());

        assertThatCode(() -> failing.accept(ImmutableList.of("READY=1"))).doesNotThrowAnyException();
        assertThatCode(() -> missing.accept(ImmutableList.of("READY=1"))).doesNotThrowAnyException();
    }

    private Path script(String body) throws IOException {
        Path script = Files.createTempFile(
                folder,
                "notify",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        return script;
    }
}
