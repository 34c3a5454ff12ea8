package io.registrator.cli.command;

import com.google.common.base.Splitter;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.config.ConfigException;
import io.registrator.config.DaemonConfig;
import io.registrator.doctor.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the registrators that run as daemons on this host, by their command lines. */
final class RunningDaemons {
    private static final String MAIN = "io.registrator.cli.Main";

    /** In the image java reads what stands before our own arguments, main class included, from this file. */
    private static final String ARGUMENTS_OF_IMAGE = "@/opt/registrator/registrator";

    private RunningDaemons() {}

    /** Those that this user may see. */
    static List<RunningDaemon> find() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> daemon(process).stream())
                .toList();
    }

    private static Optional<RunningDaemon> daemon(ProcessHandle process) {
        List<String> words = Arrays.asList(process.info().arguments().orElse(new String[0]));
        int main = Math.max(words.indexOf(MAIN), words.indexOf(ARGUMENTS_OF_IMAGE));
        return main < 0
                ? Optional.empty()
                : daemon(process.pid(), words.subList(main + 1, words.size()), environment(process.pid()));
    }

    /** Empty for another command than the daemon. */
    static Optional<RunningDaemon> daemon(long pid, List<String> arguments, Map<String, String> environment) {
        RegistratorCommand command = new RegistratorCommand(environment, question -> Optional.empty());
        CommandLine commandLine = CommandLines.of(command);
        try {
            ParseResult parsed = commandLine.parseArgs(
                    EnvironmentOptions.prepend(arguments.toArray(String[]::new), environment, command.options()));
            if (parsed.hasSubcommand() && !(parsed.subcommand().commandSpec().userObject() instanceof RunCommand)) {
                return Optional.empty();
            }
            DaemonConfig config = parsed.hasSubcommand()
                    ? command.config(
                            ((RunCommand) parsed.subcommand().commandSpec().userObject()).registry)
                    : command.config();
            return Optional.of(
                    new RunningDaemon(pid, config.nodeId(), config.registry().toString()));
        } catch (ParameterException | ConfigException notOurs) {
            return Optional.empty();
        }
    }

    /** Nothing where this user may not look. */
    private static Map<String, String> environment(long pid) {
        Map<String, String> environment = new HashMap<>();
        try {
            String all = Files.readString(Path.of("/proc", String.valueOf(pid), "environ"));
            for (String entry : Splitter.on('\0').split(all)) {
                int equals = entry.indexOf('=');
                if (equals > 0) {
                    environment.put(entry.substring(0, equals), entry.substring(equals + 1));
                }
            }
        } catch (IOException notAllowed) {
            return Map.of();
        }
        return environment;
    }
}
