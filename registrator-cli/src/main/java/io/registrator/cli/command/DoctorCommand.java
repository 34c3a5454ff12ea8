package io.registrator.cli.command;

import io.registrator.cli.output.ExaminationJson;
import io.registrator.cli.output.ExaminationText;
import io.registrator.config.DaemonConfig;
import io.registrator.daemon.Doctor;
import io.registrator.doctor.Examination;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code registrator doctor}: what is wrong on this host. */
@Command(
        name = "doctor",
        description = {
            "Looks for what is wrong on this host: engine, registry, rights, names, addresses. Writes nothing.",
            "Ends with 0 when nothing is, with 2 when something is, with 1 when that cannot be told.",
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator doctor [options] [registry-uri]",
        parameterListHeading = "%n")
final class DoctorCommand extends Inquiry {
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
        DaemonConfig config = registrator().config(registry);
        Examination examination = Doctor.examine(config, RunningDaemons.find());
        print(() -> ExaminationText.of(examination), () -> ExaminationJson.of(examination));
        return examination.findings().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
