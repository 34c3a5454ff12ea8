package io.registrator.cli.command;

import io.registrator.cli.output.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code registrator generate}: writes man pages and shell completion, for those who package it. */
@Command(
        name = "generate",
        hidden = true,
        description = "Writes man pages and the completion for bash and zsh below a folder.",
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator generate FOLDER")
final class GenerateCommand implements Callable<Integer> {
    private static final String ZSH = """
            #compdef registrator
            autoload -Uz bashcompinit && bashcompinit
            """;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "Where to write them.")
    Path folder = Path.of(".");

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("not parsed");
        }
        CommandLine registrator = spec.root().commandLine();
        Path completion = Files.createDirectories(folder.resolve("completion"));
        String bash = AutoComplete.bash("registrator", registrator);
        Files.writeString(completion.resolve("registrator"), bash);
        Files.writeString(completion.resolve("_registrator"), ZSH + bash);
        Path man = Files.createDirectories(folder.resolve("man/man1"));
        Files.writeString(man.resolve("registrator.1"), ManPage.of(registrator.getCommandSpec()));
        for (CommandLine command : registrator.getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                String name = "registrator-" + command.getCommandName();
                Files.writeString(man.resolve(name + ".1"), ManPage.of(command.getCommandSpec()));
            }
        }
        return ExitCode.OK;
    }
}
