package io.registrator.cli.command;

import io.registrator.app.daemon.Doctor;
import io.registrator.cli.output.ExaminationJson;
import io.registrator.cli.output.ExaminationText;
import io.registrator.cli.running.DaemonLine;
import io.registrator.ops.doctor.Examination;
import java.util.List;
import java.util.Optional;
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
    /** Which daemons there are is part of what it looks at. */
    @Override
    Optional<DaemonLine> choose(List<DaemonLine> daemons) {
        return daemons.size() > 1 && daemon == null ? Optional.empty() : super.choose(daemons);
    }

    @Override
    public Integer call() {
        Examination examination =
                Doctor.examine(quietly(), RunningDaemons.find(registrator().environment()));
        print(() -> ExaminationText.of(examination), () -> ExaminationJson.of(examination));
        return examination.findings().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
