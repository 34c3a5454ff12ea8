package io.registrator.cli.running;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/**
 * How a daemon was started: all that its settings come from. May hold secrets, since some variables are.
 *
 * @param arguments its command line, with the options that variables give
 * @param environment the other variables that it reads
 */
public record DaemonLine(long pid, List<String> arguments, Map<String, String> environment) {
    private static final ImmutableList<String> PREFIXES = ImmutableList.of("CONSUL_", "DOCKER_");
    /** Where the engine's certificates are by default. */
    private static final String HOME = "HOME";

    public DaemonLine {
        arguments = ImmutableList.copyOf(arguments);
        environment = ImmutableMap.copyOf(environment);
    }

    /**
     * This process.
     *
     * @param engine the engine's address, which depends on what files there are where nobody has named one
     */
    public static DaemonLine ofThisProcess(List<String> arguments, Map<String, String> environment, String engine) {
        ImmutableMap.Builder<String, String> read = ImmutableMap.builder();
        read.put("DOCKER_HOST", environment.getOrDefault("DOCKER_HOST", engine));
        read.putAll(environment.entrySet().stream()
                .filter(entry -> isRead(entry.getKey()))
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue)));
        return new DaemonLine(ProcessHandle.current().pid(), arguments, read.buildKeepingLast());
    }

    private static boolean isRead(String variable) {
        return variable.equals(HOME) || PREFIXES.stream().anyMatch(variable::startsWith);
    }

    /** Without the variables, which may be secret. */
    @Override
    public String toString() {
        return "DaemonLine[pid=" + pid + "]";
    }
}
