package io.registrator.cli.command;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.Masked;
import io.registrator.app.daemon.StartupException;
import io.registrator.cli.output.Plain;
import java.io.PrintWriter;
import java.util.Objects;

/** What is said, on one line of standard error, when something is wrong, and the exit code that goes with it. */
final class ErrorMessages {
    private ErrorMessages() {}

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
