package io.registrator.cli.command;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonObject;
import io.registrator.app.config.ConfigException;
import io.registrator.cli.output.Json;
import io.registrator.cli.running.DaemonLine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands have in common that look at engine and registry with the daemon's own options. */
abstract class Inquiry implements Callable<Integer> {
    @ParentCommand
    @Nullable
    RegistratorCommand registrator;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-json", "--json"},
            description = "Answer as JSON.")
    boolean json;

    @Option(
            names = {"-daemon", "--daemon"},
            paramLabel = "PID|none",
            description =
                    "The daemon whose settings are taken, where several run; none for none. Default: the only one.")
    @Nullable
    String daemon;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    /** Whether no daemon is to be asked. */
    final boolean isOnItsOwn() {
        return "none".equals(daemon);
    }

    /**
     * The daemon whose settings are taken; empty for none.
     *
     * @throws ConfigException when that is not clear
     */
    Optional<DaemonLine> choose(List<DaemonLine> daemons) {
        if (daemon == null && daemons.size() < 2 || isOnItsOwn()) {
            return daemons.stream().findFirst();
        }
        String running = daemons.isEmpty()
                ? "none runs here that you may ask"
                : "there are "
                        + daemons.stream()
                                .map(each -> String.valueOf(each.pid()))
                                .collect(joining(", "));
        if (daemon == null) {
            throw new ConfigException(
                    daemons.size() + " daemons run here: write -daemon PID or -daemon none; " + running);
        }
        return Optional.of(daemons.stream()
                .filter(each -> String.valueOf(each.pid()).equals(daemon))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "Cannot use -daemon " + daemon + ": write the process ID of one; " + running)));
    }

    RegistratorCommand registrator() {
        if (registrator == null) {
            throw new IllegalStateException("not below registrator");
        }
        return registrator;
    }

    PrintWriter out() {
        return commandLineOf().getOut();
    }

    PrintWriter err() {
        return commandLineOf().getErr();
    }

    private CommandLine commandLineOf() {
        if (spec == null) {
            throw new IllegalStateException("not parsed");
        }
        return spec.commandLine();
    }

    /** Writes one of the two. */
    void print(Supplier<String> text, Supplier<JsonObject> asJson) {
        out().print(json ? Json.pretty(asJson.get()) : text.get());
        out().flush();
    }
}
