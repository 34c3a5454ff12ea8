package io.registrator.cli.command;

import com.google.gson.JsonObject;
import io.registrator.cli.output.Json;
import java.io.PrintWriter;
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
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

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
