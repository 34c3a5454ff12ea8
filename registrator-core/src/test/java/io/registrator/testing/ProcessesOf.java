package io.registrator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
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
        all.forEach(ProcessesOf::thaw);
        await("the end of what was started from " + folder)
                .atMost(PATIENCE)
                .until(() -> all.stream().allMatch(found -> commandLine(found).isEmpty()));
    }

    /** Of a paused container, not even SIGKILL is heard before that. */
    private static void thaw(ProcessHandle process) {
        for (String line : read(process, "cgroup").lines().toList()) {
            List<String> group = Splitter.on(':').limit(3).splitToList(line);
            if (group.get(1).equals("freezer")) {
                write("/sys/fs/cgroup/freezer" + group.get(2) + "/freezer.state", "THAWED");
            } else if (group.get(1).isEmpty()) {
                write("/sys/fs/cgroup" + group.get(2) + "/cgroup.freeze", "0");
            }
        }
    }

    /** What is not there any more needs nothing. */
    private static void write(String file, String text) {
        try {
            Files.writeString(Path.of(file), text, StandardOpenOption.WRITE);
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean namesFolder(ProcessHandle process) {
        return commandLine(process).contains(folder);
    }

    /** Empty for what has ended, also where nobody has asked yet how. */
    private static String commandLine(ProcessHandle process) {
        return read(process, "cmdline");
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
