package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import io.registrator.app.daemon.StartupException;
import io.registrator.app.daemon.Surveyor;
import io.registrator.cli.output.OwnedJson;
import io.registrator.cli.output.OwnedText;
import io.registrator.model.Outcome;
import io.registrator.ops.explain.OwnedService;
import io.registrator.reconcile.ServiceRegistry.Done;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code registrator purge}: deregisters what this node has registered. */
@Command(
        name = "purge",
        description = {
            "Deregisters all services that this node has registered, and no other. Asks first.",
            "Stop the daemon before, or it registers them again.",
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator purge [options] [registry-uri]",
        parameterListHeading = "%n")
final class PurgeCommand extends RegistryInquiry {
    @Option(
            names = {"-yes", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Override
    public Integer call() {
        try (Surveyor surveyor = Surveyor.open(quietly())) {
            ImmutableList<OwnedService> owned = surveyor.owned();
            if (!owned.isEmpty() && !mayGoOn(surveyor.nodeId(), owned)) {
                return ExitCode.FAILED;
            }
            return purge(surveyor, owned);
        }
    }

    private boolean mayGoOn(String node, ImmutableList<OwnedService> owned) {
        if (yes) {
            return true;
        }
        err().print(OwnedText.of(owned));
        err().flush();
        Optional<String> answer = registrator()
                .confirmation()
                .ask("Deregister " + OwnedText.count(owned.size()) + " of node " + node + "? [y/N]");
        if (answer.isEmpty()) {
            throw new StartupException(
                    "standard input is no terminal, so nobody can be asked; nothing was deregistered."
                            + " Pass --yes to do it without asking");
        }
        return answer.get().strip().matches("(?i)y|yes");
    }

    private int purge(Surveyor surveyor, ImmutableList<OwnedService> owned) {
        ImmutableList.Builder<OwnedService> gone = ImmutableList.builder();
        int exitCode = ExitCode.OK;
        for (OwnedService service : owned) {
            switch (surveyor.deregister(service)) {
                case Outcome.Success<Done>(Done done) -> gone.add(service);
                case Outcome.Failed<Done>(var why) -> {
                    err().println("registrator: cannot deregister "
                            + service.service().id() + ": " + why.message());
                    exitCode = ExitCode.FAILED;
                }
            }
        }
        print(() -> OwnedText.deregistered(gone.build()), () -> OwnedJson.of(gone.build()));
        return exitCode;
    }
}
