package io.registrator.cli.command;

import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.cli.option.GivenSettings;
import io.registrator.cli.option.PlainLine;
import io.registrator.cli.output.Logging;
import io.registrator.config.ConfigException;
import io.registrator.config.DaemonConfig;
import io.registrator.config.Variables;
import io.registrator.daemon.Daemon;
import io.registrator.daemon.StartupException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the daemon until it is told to stop. */
public final class DaemonRun {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonRun.class);

    private DaemonRun() {}

    /**
     * Does what a plain line asks for, without loading the parser of all commands.
     *
     * @return the exit code; empty when nothing was done, because the line is not plain, or wrong
     */
    public static OptionalInt ofPlainLine(String[] arguments, Map<String, String> environment, PrintWriter err) {
        PlainLine line = PlainLine.read(arguments, environment).orElse(null);
        if (line == null) {
            return OptionalInt.empty();
        }
        try {
            DaemonConfig config = line.options().config(environment, line.registry());
            return OptionalInt.of(of(config, line.options(), line.given(), environment));
        } catch (ConfigException bad) {
            return OptionalInt.of(Complaints.of(bad, err));
        } catch (StartupException failed) {
            return OptionalInt.of(Complaints.of(failed, err));
        } catch (InterruptedException | RuntimeException bug) {
            bug.printStackTrace(err);
            return OptionalInt.of(ExitCode.FAILED);
        }
    }

    /** The exit code, in the end. */
    static int of(DaemonConfig config, DaemonOptions options, GivenSettings given, Map<String, String> environment)
            throws InterruptedException {
        Daemon.check(config);
        Logging.configure(options.logLevel(), options.logFormat());
        LOG.info("settings: {}", given.text(environment));
        List<String> ignored = Variables.ignored(environment, EnvironmentOptions.variables(options));
        if (!ignored.isEmpty()) {
            LOG.warn("variables that are set and mean nothing here: {}", String.join(", ", ignored));
        }
        OldGeneration.keepSmall();
        Daemon daemon = Daemon.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
        daemon.awaitEnd();
        return ExitCode.OK;
    }
}
