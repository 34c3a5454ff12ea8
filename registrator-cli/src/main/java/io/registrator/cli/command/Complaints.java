package io.registrator.cli.command;

import io.registrator.cli.output.Plain;
import io.registrator.config.ConfigException;
import io.registrator.config.Masked;
import io.registrator.daemon.StartupException;
import java.io.PrintWriter;
import java.util.Objects;

/** What is said, on one line of standard error, when something is wrong, and the exit code that goes with it. */
final class Complaints {
    private Complaints() {}

    static int of(ConfigException bad, PrintWriter err) {
        return usage(err, message(bad));
    }

    static int of(StartupException failed, PrintWriter err) {
        err.println("registrator: " + message(failed));
        return ExitCode.FAILED;
    }

    static int usage(PrintWriter err, String message) {
        err.println("registrator: " + message + " (registrator --help lists all options)");
        return ExitCode.USAGE;
    }

    static String message(Exception error) {
        return Plain.line(Masked.in(Objects.requireNonNullElse(error.getMessage(), error.toString())));
    }
}
