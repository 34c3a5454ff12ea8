package io.registrator.cli.command;

import io.registrator.app.config.DaemonConfig;
import io.registrator.app.config.Variables;
import io.registrator.app.daemon.Daemon;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.cli.option.GivenSettings;
import io.registrator.cli.output.Logging;
import io.registrator.cli.running.DaemonLine;
import io.registrator.cli.running.DaemonSocket;
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
    static int of(
            DaemonConfig config,
            DaemonOptions options,
            GivenSettings given,
            List<String> arguments,
            Map<String, String> environment)
            throws InterruptedException {
        Daemon.check(config);
        Logging.configure(options.logLevel(), options.logFormat());
        LOG.info("settings: {}", given.text(environment));
        List<String> ignored = Variables.ignored(environment, EnvironmentOptions.variables(options));
        if (!ignored.isEmpty()) {
            LOG.warn("variables that are set and mean nothing here: {}", String.join(", ", ignored));
        }
        Optional.ofNullable(environment.get(STARTED_AS)).ifPresent(user -> LOG.info("runs as {}", user));
        DaemonLine line = DaemonLine.ofThisProcess(
                arguments, environment, config.engine().uri().toString());
        try (DaemonSocket socket = DaemonSocket.open(line, environment)) {
            Daemon daemon = Daemon.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(daemon, socket), "shutdown"));
            daemon.awaitEnd();
            return ExitCode.OK;
        }
    }

    private static void close(Daemon daemon, DaemonSocket socket) {
        socket.close();
        daemon.close();
    }
}
