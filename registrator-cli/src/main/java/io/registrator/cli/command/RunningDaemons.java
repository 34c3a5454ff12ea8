package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import io.registrator.app.config.ConfigException;
import io.registrator.app.config.DaemonConfig;
import io.registrator.cli.running.DaemonLine;
import io.registrator.cli.running.DaemonsHere;
import io.registrator.ops.doctor.RunningDaemon;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** What the daemons on this host are set to. */
final class RunningDaemons {
    private RunningDaemons() {}

    /** Those that this user may ask. */
    static ImmutableList<RunningDaemon> find(Map<String, String> environment) {
        return DaemonsHere.find(environment).lines().stream()
                .flatMap(line -> of(line).stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** Empty for one of another version, whose options are not ours. */
    private static Optional<RunningDaemon> of(DaemonLine line) {
        try {
            Parsed parsed = Parsed.of(line.arguments());
            DaemonConfig config = parsed.registrator().options().config(line.environment(), parsed.registry());
            return Optional.of(new RunningDaemon(
                    line.pid(), config.nodeId(), config.registry().toString()));
        } catch (ParameterException | ConfigException unknown) {
            return Optional.empty();
        }
    }
}
