package io.registrator.cli.option;

import static com.google.common.base.Strings.emptyToNull;

import io.registrator.app.config.AdminAddress;
import io.registrator.app.config.ConfigException;
import io.registrator.cli.output.LogFormat;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** What is written where. */
final class OutputOptions {
    Level logLevel = Level.INFO;
    LogFormat logFormat = LogFormat.TEXT;
    private @Nullable String admin;
    private @Nullable String healthFile;

    OptionSection section() {
        return OptionSection.of(
                "Output",
                DaemonOption.choice(
                        "-log-level",
                        "--log-level",
                        "LEVEL",
                        "error, warn, info, debug or trace. Default: info.",
                        Level.class,
                        value -> logLevel = value),
                DaemonOption.choice(
                        "-log-format",
                        "--log-format",
                        "text|json",
                        "Lines for people, or one JSON object a line. Default: text.",
                        LogFormat.class,
                        value -> logFormat = value),
                DaemonOption.text(
                        "-admin",
                        "--admin",
                        "HOST:PORT",
                        "Answer questions about the daemon here: a status page, health, metrics and state; HOST:PORT"
                                + " such as 127.0.0.1:8086, or unix:///PATH. Default: nowhere.",
                        value -> admin = emptyToNull(value)),
                DaemonOption.text(
                        "-health-file",
                        "--health-file",
                        "PATH",
                        "Write this file every 20 s while the daemon lives, for a container's HEALTHCHECK."
                                + " Default: none.",
                        value -> healthFile = emptyToNull(value)));
    }

    @Nullable
    Path healthFile() {
        try {
            return healthFile == null ? null : Path.of(healthFile);
        } catch (InvalidPathException unusable) {
            throw new ConfigException("Cannot use -health-file: write the path of a file");
        }
    }

    @Nullable
    AdminAddress admin() {
        return admin == null ? null : AdminAddress.parse(admin);
    }
}
