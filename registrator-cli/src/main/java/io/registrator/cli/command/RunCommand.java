package io.registrator.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code registrator run}: what registrator does without a command. */
@Command(
        name = "run",
        description = "Runs the daemon, as without a command.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator run [options] [registry-uri]",
        parameterListHeading = "%n")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    RegistratorCommand registrator;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "registry-uri",
            description = "Default: consul://127.0.0.1:8500.")
    @Nullable
    String registry;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Override
    public Integer call() throws InterruptedException {
        if (registrator == null) {
            throw new IllegalStateException("not below registrator");
        }
        return registrator.run(registry);
    }
}
