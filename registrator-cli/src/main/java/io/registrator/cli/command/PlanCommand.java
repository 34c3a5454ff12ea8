package io.registrator.cli.command;

import io.registrator.app.daemon.Surveyor;
import io.registrator.cli.output.PreviewJson;
import io.registrator.cli.output.PreviewText;
import io.registrator.ops.explain.Preview;
import picocli.CommandLine.Command;

/** {@code registrator plan}: what a run would do. */
@Command(
        name = "plan",
        description = {
            "Says what a run would register, update and deregister, and what it would leave alone. Writes nothing.",
            "Ends with 0 when there is nothing to do, with 2 when there is, with 1 when that cannot be told.",
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator plan [options] [registry-uri]",
        parameterListHeading = "%n")
final class PlanCommand extends RegistryInquiry {
    @Override
    public Integer call() {
        try (Surveyor surveyor = Surveyor.open(quietly())) {
            Preview preview = surveyor.plan(surveyor.survey());
            print(() -> PreviewText.of(preview), () -> PreviewJson.of(preview));
            return preview.hasActions() ? ExitCode.FINDINGS : ExitCode.OK;
        }
    }
}
