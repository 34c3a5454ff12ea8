package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import io.registrator.cli.output.OwnedJson;
import io.registrator.cli.output.OwnedText;
import io.registrator.daemon.Surveyor;
import io.registrator.explain.OwnedService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code registrator list}: what the registry has of this node. */
@Command(
        name = "list",
        description = "Lists the services that this node has registered, with their health.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator list [options] [registry-uri]",
        parameterListHeading = "%n")
final class ListCommand extends Inquiry {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "registry-uri",
            description = "Default: consul://127.0.0.1:8500.")
    @Nullable
    String registry;

    @Override
    public Integer call() {
        registrator().logQuietly();
        try (Surveyor surveyor = Surveyor.open(registrator().config(registry))) {
            ImmutableList<OwnedService> owned = surveyor.owned();
            print(() -> OwnedText.of(owned), () -> OwnedJson.of(owned));
            return ExitCode.OK;
        }
    }
}
