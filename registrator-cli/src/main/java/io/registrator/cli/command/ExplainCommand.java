package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import io.registrator.app.daemon.Surveyor;
import io.registrator.cli.output.ExplanationText;
import io.registrator.ops.explain.Explanation;
import io.registrator.ops.explain.ExplanationJson;
import io.registrator.ops.explain.Survey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code registrator explain}: why a container or service is, or is not, in the registry. */
@Command(
        name = "explain",
        description = {
            "Says why a container or service is, or is not, in the registry.",
            "The first line is the cause, the second what to do about it. Writes nothing.",
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "registrator explain [options] CONTAINER|SERVICE-ID [registry-uri]",
        parameterListHeading = "%n")
final class ExplainCommand extends Inquiry {
    @Parameters(
            index = "0",
            paramLabel = "CONTAINER|SERVICE-ID",
            description = "A container's name, its ID or the beginning of it, or a service's ID.")
    String subject = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "registry-uri",
            description = "Default: consul://127.0.0.1:8500.")
    @Nullable
    String registry;

    @Override
    public Integer call() {
        registrator().logQuietly();
        try (Surveyor surveyor = Surveyor.open(registrator().config(registry))) {
            Survey survey = surveyor.survey();
            Optional<Explanation> explanation = surveyor.explain(survey, subject);
            explanation.ifPresentOrElse(
                    found -> print(() -> ExplanationText.of(found), () -> ExplanationJson.of(found)),
                    () -> err().println(unknown(survey)));
            return explanation.isPresent() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private String unknown(Survey survey) {
        ImmutableList<String> similar = survey.similar(subject);
        return "registrator: neither the engine has a container " + subject
                + " nor the registry a service with this ID"
                + (similar.isEmpty() ? "" : "; did you mean " + String.join(", ", similar) + "?");
    }
}
