package io.registrator.cli.command;

import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.cli.option.GivenSettings;
import io.registrator.cli.output.Logging;
import io.registrator.config.DaemonConfig;
import io.registrator.config.Variables;
import io.registrator.daemon.Daemon;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the daemon until it is told to stop. */
final class DaemonRun {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonRun.class);

    /** Set by the image's entry point, which looks whom it can run the daemon as. */
    private static final String STARTED_AS = "REGISTRATOR_STARTED_AS";

    private DaemonRun() {}

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
        Optional.ofNullable(environment.get(STARTED_AS)).ifPresent(user -> LOG.info("runs as {}", user));
        OldGeneration.keepSmall();
        Daemon daemon = Daemon.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
        daemon.awaitEnd();
        return ExitCode.OK;
    }
}
