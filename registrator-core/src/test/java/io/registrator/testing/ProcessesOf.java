package io.registrator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The processes whose command lines name a folder, and all that those have started: what an engine may leave behind. */
final class ProcessesOf {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String folder;

    private ProcessesOf(String folder) {
        this.folder = folder;
    }

    static ProcessesOf folder(Path folder) {
        return new ProcessesOf(folder.toString());
    }

    /** SIGKILL, until none is left. */
    void kill() {
        ImmutableSet<ProcessHandle> all = ProcessHandle.allProcesses()
                .filter(this::namesFolder)
                .flatMap(found -> Stream.concat(Stream.of(found), found.descendants()))
                .filter(found -> found.pid() != ProcessHandle.current().pid())
                .collect(ImmutableSet.toImmutableSet());
        all.forEach(ProcessHandle::destroyForcibly);
        await("the end of what was started from " + folder)
                .atMost(PATIENCE)
                .until(() -> all.stream().allMatch(found -> commandLine(found).isEmpty()));
    }

    private boolean namesFolder(ProcessHandle process) {
        return commandLine(process).contains(folder);
    }

    /** Empty for what has ended, also where nobody has asked yet how. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"), ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
