package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import io.registrator.app.daemon.Surveyor;
import io.registrator.cli.output.OwnedJson;
import io.registrator.cli.output.OwnedText;
import io.registrator.ops.explain.OwnedService;
import picocli.CommandLine.Command;

/** {@code registrator list}: what the registry has of this node. */
@Command(
        name = "list",
        description = "Lists the services that this node has registered, with their health.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator list [options] [registry-uri]",
        parameterListHeading = "%n")
final class ListCommand extends RegistryInquiry {
    @Override
    public Integer call() {
        try (Surveyor surveyor = Surveyor.open(quietly())) {
            ImmutableList<OwnedService> owned = surveyor.owned();
            if (owned.isEmpty()) {
                surveyor.ofOtherNodes()
                        .asMap()
                        .forEach((node, containers) -> err().println("registrator: node " + node
                                + " has containers of this engine: " + String.join(", ", containers)
                                + "; if that is the registrator of this engine, pass its -node-id " + node));
            }
            print(() -> OwnedText.of(owned), () -> OwnedJson.of(owned));
            return ExitCode.OK;
        }
    }
}
