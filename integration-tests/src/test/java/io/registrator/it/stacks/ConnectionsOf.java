package io.registrator.it.stacks;

import com.google.common.base.Splitter;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which connections a container's kernel holds, whatever its processes do. */
final class ConnectionsOf {
    private static final int HEX = 16;
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final Set<String> OPEN = Set.of("01", "08");
    private static final Splitter COLUMNS = Splitter.on(' ').omitEmptyStrings();

    private ConnectionsOf() {}

    /** The other ends' ports of the connections to this port. */
    static Set<Integer> container(DockerCli docker, String name, int port) throws IOException {
        String pid = docker.docker("inspect", "--format", "{{.State.Pid}}", name);
        try (var lines = Files.lines(Path.of("/proc", pid, "net", "tcp"))) {
            return lines.skip(1)
                    .map(COLUMNS::splitToList)
                    .filter(columns -> OPEN.contains(columns.get(STATE)) && port(columns, LOCAL) == port)
                    .map(columns -> port(columns, REMOTE))
                    .collect(Collectors.toSet());
        }
    }

    private static int port(List<String> columns, int column) {
        String address = columns.get(column);
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEX);
    }
}
