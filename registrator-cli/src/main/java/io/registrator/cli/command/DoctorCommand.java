package io.registrator.cli.command;

import io.registrator.cli.output.ExaminationJson;
import io.registrator.cli.output.ExaminationText;
import io.registrator.daemon.Doctor;
import io.registrator.doctor.Examination;
import picocli.CommandLine.Command;

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
final class DoctorCommand extends RegistryInquiry {
    @Override
    public Integer call() {
        Examination examination = Doctor.examine(quietly(), RunningDaemons.find());
        print(() -> ExaminationText.of(examination), () -> ExaminationJson.of(examination));
        return examination.findings().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
